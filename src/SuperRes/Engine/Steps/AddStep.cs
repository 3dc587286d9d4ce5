using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>The sum of two maps, where no convolution could take it in.</summary>
internal sealed unsafe class AddStep<TSimd> : Step
    where TSimd : unmanaged, ISimd<TSimd>
{
    public override int CountBlocks(Frame frame, RowRange rows) => rows.Count;

    public override RowRange BlockRows(Frame frame, RowRange rows, int block) => new(rows.Start + block, rows.Start + block + 1);

    public override void Compute(Frame frame, RowRange rows, int block, float* scratch)
    {
        var y = rows.Start + block;
        var output = frame.Maps[Output];
        var target = output.Row(y);
        float* a = frame.Maps[Inputs[0]].Row(y), b = frame.Maps[Inputs[1]].Row(y);
        var i = 0;
        for (; i <= output.RowLength - TSimd.Count; i += TSimd.Count)
        {
            (TSimd.Load(a + i) + TSimd.Load(b + i)).Store(target + i);
        }

        for (; i < output.RowLength; i++)
        {
            target[i] = a[i] + b[i];
        }
    }
}
