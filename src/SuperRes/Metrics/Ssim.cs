using SuperRes.Pixels;

namespace SuperRes.Metrics;

/// <summary>
/// Structural similarity (Wang et al. 2004, doi:10.1109/TIP.2003.819861): the mean over all positions where an 11x11
/// Gaussian window (sigma 1.5) lies inside the image, K1 = 0.01, K2 = 0.03, in double precision.
/// </summary>
public static class Ssim
{
    /// <summary>Samples along each side of the window.</summary>
    public const int WindowSize = 11;

    /// <summary>Standard deviation of the window in samples.</summary>
    public const double WindowSigma = 1.5;

    /// <summary>Stabilises the luminance term: C1 = (K1 peak)².</summary>
    public const double K1 = 0.01;

    /// <summary>Stabilises the contrast term: C2 = (K2 peak)².</summary>
    public const double K2 = 0.03;

    /// <summary>Mean SSIM of two planes of the same size.</summary>
    /// <param name="result">The samples to judge, row by row (H, W).</param>
    /// <param name="reference">What they should be (H, W).</param>
    /// <param name="width">Samples per row, at least 11.</param>
    /// <param name="height">Rows, at least 11.</param>
    /// <param name="peak">The value of white, in the units of the samples.</param>
    /// <param name="maxThreads">0 for one per processor; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">A length is not width * height, or the window does not fit.</exception>
    public static double Compute(
        ReadOnlyMemory<double> result, ReadOnlyMemory<double> reference, int width, int height, double peak, int maxThreads = 0)
    {
        if (width < WindowSize || height < WindowSize)
        {
            throw new ArgumentException($"SSIM needs at least {WindowSize}x{WindowSize} samples, got {width}x{height}.");
        }

        if (result.Length != (long)width * height || reference.Length != result.Length)
        {
            throw new ArgumentException($"{width}x{height} planes have {(long)width * height} samples, got {result.Length} and {reference.Length}.");
        }

        // One sum per row, added up in order: the same bits for any number of threads.
        var rowSums = new double[height - WindowSize + 1];
        ParallelRows.Run(
            rowSums.Length,
            maxThreads,
            (start, end) =>
            {
                var window = new SsimRow(width, peak);
                for (var y = start; y < end; y++)
                {
                    var offset = y * width;
                    var length = WindowSize * width;
                    rowSums[y] = window.Sum(result.Span.Slice(offset, length), reference.Span.Slice(offset, length));
                }
            },
            CancellationToken.None);
        return rowSums.Sum() / ((double)rowSums.Length * (width - WindowSize + 1));
    }
}
