using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>The sum of two maps, where no convolution could take it in.</summary>
internal sealed unsafe class AddStep<TSimd> : Step
    where TSimd : unmanaged, ISimd<TSimd>
{
    public override int CountBlocks(Frame frame) => frame.Rows.Count;

    public override void Compute(Frame frame, int block, float* scratch)
    {
        var y = frame.Rows.Start + block;
        var output = frame.Maps[Output];
        var target = output.Row(y);
        float* a = frame.Maps[Inputs[0]].Row(y), b = frame.Maps[Inputs[1]].Row(y);
        nint i = 0;
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
