using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Imaging.Data.Checking;

/// <summary>A picture reduced to what it shows at a glance: enough to tell which of two files another one was made from, however it was made.</summary>
internal sealed class Thumbnail
{
    private const int Side = 16;

    private readonly float[] _levels;

    private Thumbnail(float[] levels) => _levels = levels;

    public static Thumbnail Of(ImageBuffer image)
    {
        var small = MatlabResize.ToSize(image, Side, Side, new ResizeOptions { Kernel = ResizeKernel.Bilinear, MaxThreads = 1 });
        var (samples, unit) = small.SampleType switch
        {
            SampleType.UInt8 => (Array.ConvertAll(small.Samples<byte>().ToArray(), value => (float)value), 1f),
            SampleType.UInt16 => (Array.ConvertAll(small.Samples<ushort>().ToArray(), value => (float)value), 1 / 257f),
            _ => (small.Samples<float>().ToArray(), 255f),
        };
        return new Thumbnail([.. samples.Chunk(small.Channels).Select(pixel => pixel.Average() * unit)]);
    }

    /// <summary>Root mean square difference in levels of 255.</summary>
    public double DistanceTo(Thumbnail other) =>
        Math.Sqrt(_levels.Zip(other._levels, (a, b) => (double)(a - b) * (a - b)).Average());
}
