using SuperRes.Engine.Planning;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Steps;

/// <summary>The mean or maximum of each pixel's channels.</summary>
internal sealed unsafe class ChannelPoolStep(PoolKind pool, int channels) : RowStep
{
    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var (input, output) = (frame.Maps[Inputs[0]], frame.Maps[Output]);
        float* source = input.Row(y), target = output.Row(y);
        for (var x = 0; x < output.Width; x++, source += input.PixelStride)
        {
            var values = new ReadOnlySpan<float>(source, channels);
            var result = pool == PoolKind.Max ? float.NegativeInfinity : 0;
            foreach (var value in values)
            {
                result = pool == PoolKind.Max ? Math.Max(result, value) : result + value;
            }

            target[x] = pool == PoolKind.Max ? result : result / channels;
        }
    }
}
