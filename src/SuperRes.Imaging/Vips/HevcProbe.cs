using NetVips;

namespace SuperRes.Imaging.Vips;

/// <summary>
/// Finds out by trying whether libvips has HEVC, which HEIF files hold: the loader and saver exist wherever AVIF does,
/// and the packaged library leaves HEVC out because of its patents. Libraries that encode it also decode it.
/// </summary>
internal static class HevcProbe
{
    private const int Side = 16;

    private static readonly Lazy<bool> Present = new(Try);

    public static bool IsPresent => Present.Value;

    private static bool Try()
    {
        VipsRuntime.EnsureStarted();
        try
        {
            using var image = Image.Black(Side, Side);
            return image.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Hevc).Length > 0;
        }
        catch (VipsException)
        {
            return false;
        }
    }
}
