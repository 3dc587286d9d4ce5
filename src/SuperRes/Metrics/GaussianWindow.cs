namespace SuperRes.Metrics;

/// <summary>The Gaussian window of SSIM along one axis; the 11x11 window is its product with itself.</summary>
internal static class GaussianWindow
{
    /// <summary>Weights from one end of the window to the other; they add up to 1.</summary>
    public static double[] Create()
    {
        var weights = new double[Ssim.WindowSize];
        for (var i = 0; i < weights.Length; i++)
        {
            var distance = i - (Ssim.WindowSize / 2);
            weights[i] = Math.Exp(-distance * distance / (2 * Ssim.WindowSigma * Ssim.WindowSigma));
        }

        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }
}
