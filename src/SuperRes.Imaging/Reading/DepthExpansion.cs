using SuperRes.Pixels;

namespace SuperRes.Imaging.Reading;

/// <summary>
/// Stretches 10- and 12-bit samples over the whole 16-bit range, in place. libvips shifts them up, which leaves white
/// at 65472 or 65520.
/// </summary>
internal static class DepthExpansion
{
    public static void Apply(ImageBuffer image, int bits)
    {
        var shift = 16 - bits;
        var white = (1 << bits) - 1;
        foreach (ref var sample in image.Samples<ushort>())
        {
            sample = (ushort)((((sample >> shift) * ushort.MaxValue) + (white / 2)) / white);
        }
    }
}
