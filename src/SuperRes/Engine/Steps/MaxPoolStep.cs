using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>The largest value of each window of <paramref name="kernel"/> x <paramref name="kernel"/> pixels.</summary>
internal sealed unsafe class MaxPoolStep<TSimd>(int kernel) : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    public override RowRange InputRows(int input, RowRange output) => new(output.Start * kernel, output.End * kernel);

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var (input, output) = (frame.Maps[Inputs[0]], frame.Maps[Output]);
        var stride = output.PixelStride;
        var target = output.Row(y);
        for (var x = 0; x < output.Width; x++, target += stride)
        {
            new Span<float>(target, stride).Fill(float.NegativeInfinity);
            for (var tap = 0; tap < kernel * kernel; tap++)
            {
                var source = input.Row((y * kernel) + (tap / kernel)) + (((nint)x * kernel) + (tap % kernel)) * stride;
                var c = 0;
                for (; c <= stride - TSimd.Count; c += TSimd.Count)
                {
                    TSimd.Max(TSimd.Load(target + c), TSimd.Load(source + c)).Store(target + c);
                }

                for (; c < stride; c++)
                {
                    target[c] = Math.Max(target[c], source[c]);
                }
            }
        }
    }
}
