using SuperRes.Pixels;

namespace SuperRes.Imaging.Data.Checking;

/// <summary>A picture reduced to what it shows at a glance: enough to tell which of two files another one was made from, however it was made.</summary>
internal sealed class Thumbnail
{
    private const int Side = 16;

    private readonly float[] _levels;

    private Thumbnail(float[] levels) => _levels = levels;

    public static Thumbnail Of(ImageBuffer image) => new([.. GrayReduction.ToSize(image, Side, Side).Samples<float>()]);

    /// <summary>Root mean square difference in levels of 255.</summary>
    public double DistanceTo(Thumbnail other) =>
        Math.Sqrt(_levels.Zip(other._levels, (a, b) => (double)(a - b) * (a - b)).Average());
}
