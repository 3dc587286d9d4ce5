using SuperRes.Pixels;

namespace SuperRes.Studio.Jobs;

/// <summary>Where a result differs from its reference: gray, black where they are the same.</summary>
internal static class ErrorMap
{
    // A difference of 32 of 255 is plainly wrong; below, the eye needs help.
    private const int Gain = 8;

    /// <summary>The mean absolute difference of the colour channels at 8 bits, times eight.</summary>
    public static ImageBuffer Of(ImageBuffer result, ImageBuffer reference)
    {
        var (a, b) = (result.ConvertTo(SampleType.UInt8), reference.ConvertTo(SampleType.UInt8));
        var map = new ImageBuffer(a.Width, a.Height, ColorModel.Gray, SampleType.UInt8);
        Parallel.For(0, a.Height, y =>
        {
            var left = a.Row<byte>(y);
            var right = b.Row<byte>(y);
            var target = map.Row<byte>(y);
            for (var x = 0; x < target.Length; x++)
            {
                var sum = 0;
                for (var c = 0; c < 3; c++)
                {
                    sum += Math.Abs(Sample(left, x, c, a) - Sample(right, x, c, b));
                }

                target[x] = (byte)Math.Min(255, (Gain * sum) / 3);
            }
        });
        return map;
    }

    private static int Sample(ReadOnlySpan<byte> row, int x, int channel, ImageBuffer image) =>
        row[(x * image.Channels) + (image.Channels >= 3 ? channel : 0)];
}
