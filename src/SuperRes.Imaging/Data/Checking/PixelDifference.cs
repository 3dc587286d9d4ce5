using System.Numerics;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Data.Checking;

/// <summary>How two images of one size and kind differ.</summary>
/// <param name="Share">Share of samples that differ, 0 to 1.</param>
/// <param name="Largest">The largest difference, in levels.</param>
/// <param name="Psnr">PSNR over all samples, in dB; +infinity where none differs.</param>
internal readonly record struct PixelDifference(double Share, int Largest, double Psnr)
{
    /// <summary>Compares 8- or 16-bit images.</summary>
    /// <exception cref="ArgumentException">They differ in size, colour model or sample type, or are float.</exception>
    public static PixelDifference Measure(ImageBuffer first, ImageBuffer second)
    {
        if ((first.Width, first.Height, first.Color, first.SampleType) != (second.Width, second.Height, second.Color, second.SampleType) || first.SampleType == SampleType.Float32)
        {
            throw new ArgumentException("Only 8- or 16-bit images of one size, colour model and sample type can be compared.", nameof(second));
        }

        return first.SampleType == SampleType.UInt8
            ? Measure<byte>(first.Samples<byte>(), second.Samples<byte>(), byte.MaxValue)
            : Measure<ushort>(first.Samples<ushort>(), second.Samples<ushort>(), ushort.MaxValue);
    }

    private static PixelDifference Measure<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second, double peak)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (differing, largest, squares) = (0L, 0, 0L);
        for (var i = 0; i < first.Length; i++)
        {
            var difference = Math.Abs(int.CreateTruncating(first[i]) - int.CreateTruncating(second[i]));
            differing += difference != 0 ? 1 : 0;
            largest = Math.Max(largest, difference);
            squares += (long)difference * difference;
        }

        return new PixelDifference((double)differing / first.Length, largest, Metrics.Psnr.FromMeanSquaredError((double)squares / first.Length, peak));
    }
}
