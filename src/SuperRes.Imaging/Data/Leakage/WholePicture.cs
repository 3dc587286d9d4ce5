using SuperRes.Pixels;

namespace SuperRes.Imaging.Data.Leakage;

/// <summary>A whole picture on 32 x 32 pixels, whatever its size and shape were.</summary>
internal sealed class WholePicture
{
    private const int Side = 32;

    private readonly float[] _band;

    private WholePicture(float[] band, double contrast) => (_band, Contrast) = (band, contrast);

    /// <summary>Root mean square of the band in levels of 255.</summary>
    public double Contrast { get; }

    public static WholePicture Of(ImageBuffer image)
    {
        var band = BandPass.Of(GrayReduction.ToSize(image, Side, Side));
        var contrast = BandPass.Normalize(band);
        return new WholePicture(band, contrast);
    }

    /// <summary>The highest correlation with the other, mirrored and turned by quarters as well: -1 to 1.</summary>
    public double SimilarityTo(WholePicture other)
    {
        var best = -1.0;
        for (var turn = 0; turn < 8; turn++)
        {
            double sum = 0;
            for (var y = 0; y < Side; y++)
            {
                for (var x = 0; x < Side; x++)
                {
                    var (u, v) = (turn & 4) == 0 ? (x, y) : (y, x);
                    sum += _band[(y * Side) + x] * other._band[(((turn & 2) == 0 ? v : Side - 1 - v) * Side) + ((turn & 1) == 0 ? u : Side - 1 - u)];
                }
            }

            best = Math.Max(best, sum);
        }

        return best;
    }
}
