using SuperRes.Imaging.Data.Degrading;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Data.Leakage;

/// <summary>
/// The difference of two Gaussians: without coarse brightness, in which many photos are alike, and without the finest detail,
/// which compression and resizing change.
/// </summary>
internal static class BandPass
{
    private static readonly BlurKernel Narrow = BlurKernel.Gaussian(0.8);
    private static readonly BlurKernel Wide = BlurKernel.Gaussian(2);

    /// <summary>The band of a gray float image.</summary>
    public static float[] Of(ImageBuffer gray)
    {
        float[] fine = [.. PlaneFilter.Apply(gray, Narrow).Samples<float>()], coarse = [.. PlaneFilter.Apply(gray, Wide).Samples<float>()];
        for (var i = 0; i < fine.Length; i++)
        {
            fine[i] -= coarse[i];
        }

        return fine;
    }

    /// <summary>Divides by the root of the sum of squares, and returns the root mean square that there was.</summary>
    public static double Normalize(Span<float> values)
    {
        double energy = 0;
        foreach (var value in values)
        {
            energy += (double)value * value;
        }

        var scale = energy > 0 ? 1 / Math.Sqrt(energy) : 0;
        foreach (ref var value in values)
        {
            value = (float)(value * scale);
        }

        return Math.Sqrt(energy / values.Length);
    }
}
