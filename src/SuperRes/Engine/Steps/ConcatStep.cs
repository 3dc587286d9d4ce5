using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>Stacks the channels of two maps.</summary>
internal sealed unsafe class ConcatStep(int firstChannels, int secondChannels) : RowStep
{
    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var (first, second, output) = (frame.Maps[Inputs[0]], frame.Maps[Inputs[1]], frame.Maps[Output]);
        float* a = first.Row(y), b = second.Row(y), target = output.Row(y);
        for (var x = 0; x < output.Width; x++, a += first.PixelStride, b += second.PixelStride, target += output.PixelStride)
        {
            var pixel = new Span<float>(target, output.PixelStride);
            new ReadOnlySpan<float>(a, firstChannels).CopyTo(pixel);
            new ReadOnlySpan<float>(b, secondChannels).CopyTo(pixel[firstChannels..]);
            pixel[(firstChannels + secondChannels)..].Clear();
        }
    }
}
