using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>The sum of two maps, where no convolution could take it in.</summary>
internal sealed unsafe class AddStep<TSimd> : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var output = frame.Maps[Output];
        float* x = frame.Maps[Inputs[0]].Row(y), addend = frame.Maps[Inputs[1]].Row(y), target = output.Row(y);
        var i = 0;
        for (; i <= output.RowLength - TSimd.Count; i += TSimd.Count)
        {
            (TSimd.Load(x + i) + TSimd.Load(addend + i)).Store(target + i);
        }

        for (; i < output.RowLength; i++)
        {
            target[i] = x[i] + addend[i];
        }
    }
}
