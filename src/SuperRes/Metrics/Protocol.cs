using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Metrics;

/// <summary>How results are measured. Scores are comparable only where all of this is equal.</summary>
/// <remarks>Both images are rounded to 8 bits first, whatever they are stored as; alpha is not measured.</remarks>
public sealed record Protocol
{
    // Twice as many are still a number, and more than any image has.
    private const int MostShaved = int.MaxValue / 4;

    /// <summary>The name a user types: <c>y</c>, <c>rgb</c>, <c>div2k</c> or <c>paper</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is measured of a colour image.</summary>
    public required MeasuredChannels Channels { get; init; }

    /// <summary>Pixels cut from each edge whatever the scale.</summary>
    public int ShaveAlways { get; init; }

    /// <summary>Pixels cut from each edge per unit of scale.</summary>
    public int ShavePerScale { get; init; }

    /// <summary>Whether PSNR is also computed with the reference's own maximum as its peak.</summary>
    public bool ReportsPrintedPeak { get; init; }

    /// <summary>What to know before comparing with other tables.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The value of white in PSNR and SSIM.</summary>
    public double Peak => 255;

    /// <summary>The same in plain values, for reports.</summary>
    public ProtocolCard Card => new(
        Name,
        Channels == MeasuredChannels.Luma
            ? "Y of YCbCr (BT.601, MATLAB rgb2ycbcr: 65.481, 128.553, 24.966, +16), in double precision"
            : "RGB: PSNR of the common mean squared error, SSIM as the mean of the channels",
        Channels == MeasuredChannels.Luma ? "replicated to RGB, then converted to Y" : "measured as one channel",
        (ShaveAlways, ShavePerScale) switch
        {
            (0, 0) => "0",
            (0, 1) => "scale",
            (0, var perScale) => FormattableString.Invariant($"{perScale} * scale"),
            (var always, 0) => FormattableString.Invariant($"{always}"),
            (var always, 1) => FormattableString.Invariant($"{always} + scale"),
            var (always, perScale) => FormattableString.Invariant($"{always} + {perScale} * scale"),
        },
        Peak,
        FormattableString.Invariant(
            $"{Ssim.WindowSize}x{Ssim.WindowSize} Gaussian, sigma {Ssim.WindowSigma}, valid positions, K1 = {Ssim.K1}, K2 = {Ssim.K2}"),
        "both images rounded to 8 bits",
        Degradation.Description,
        Notes);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Pixels that are cut from each edge.</summary>
    /// <param name="scale">The super-resolution factor, at least 1.</param>
    public int Shave(int scale) => (int)Math.Min(MostShaved, ShaveAlways + ((long)ShavePerScale * scale));

    /// <summary>Measures a result against its reference.</summary>
    /// <param name="result">The image to judge; alpha is ignored, gray is compared with RGB as equal channels.</param>
    /// <param name="reference">What it should be, of the same size: HR cropped by <see cref="Degradation.CropToMultiple"/>.</param>
    /// <param name="scale">The super-resolution factor, at least 1; it decides how much of the edges is left out.</param>
    /// <param name="maxThreads">0 for one per processor; the score does not depend on it.</param>
    /// <exception cref="ArgumentException">The sizes differ, or fewer than 11x11 pixels are left after shaving.</exception>
    public QualityScore Measure(ImageBuffer result, ImageBuffer reference, int scale, int maxThreads = 0)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        CheckSizes(result, reference, scale);
        var gray = result.Channels <= 2 && reference.Channels <= 2;
        var resultPlanes = new MeasuredPlanes(result, Channels, gray, Shave(scale), maxThreads);
        var referencePlanes = new MeasuredPlanes(reference, Channels, gray, Shave(scale), maxThreads);
        var (squares, similarity, maximum) = (0.0, 0.0, 0.0);
        for (var plane = 0; plane < referencePlanes.Count; plane++)
        {
            var (a, b) = (resultPlanes.Extract(plane), referencePlanes.Extract(plane));
            squares += Psnr.SumOfSquaredErrors(a, b);
            similarity += Ssim.Compute(a, b, referencePlanes.Width, referencePlanes.Height, Peak, maxThreads);
            maximum = Math.Max(maximum, ReportsPrintedPeak ? b.Max() : 0);
        }

        var meanSquaredError = squares / referencePlanes.SampleCount;
        var psnr = Psnr.FromMeanSquaredError(meanSquaredError, Peak);
        return new QualityScore(psnr, similarity / referencePlanes.Count)
        {
            PsnrPrintedPeak = ReportsPrintedPeak ? Psnr.FromMeanSquaredError(meanSquaredError, maximum) : null,

            // Luma of gray is the gray value times 219/255, plus 16: so the errors, and with them PSNR, differ by a constant.
            PsnrGrayDirect = gray && Channels == MeasuredChannels.Luma ? psnr + (20 * Math.Log10(YCbCr.LumaRange / 255)) : null,
        };
    }

    private void CheckSizes(ImageBuffer result, ImageBuffer reference, int scale)
    {
        if ((result.Width, result.Height) != (reference.Width, reference.Height))
        {
            throw new ArgumentException(
                $"The result is {result.Width}x{result.Height} and its reference {reference.Width}x{reference.Height}; they must be of one size. Crop the reference to a multiple of the scale first.");
        }

        var (width, height) = (reference.Width - (2 * Shave(scale)), reference.Height - (2 * Shave(scale)));
        if (width < Ssim.WindowSize || height < Ssim.WindowSize)
        {
            throw new ArgumentException(
                $"Protocol '{Name}' leaves {Math.Max(0, width)}x{Math.Max(0, height)} pixels of a {reference.Width}x{reference.Height} image at x{scale}; SSIM needs at least {Ssim.WindowSize}x{Ssim.WindowSize}. Use a larger image or the protocol 'paper', which cuts nothing off.");
        }
    }
}
