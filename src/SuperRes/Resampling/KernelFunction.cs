namespace SuperRes.Resampling;

/// <summary>The kernels as functions, term for term as in MATLAB's <c>imresize.m</c>.</summary>
internal static class KernelFunction
{
    /// <summary>MATLAB's <c>eps</c>, which its Lanczos kernels add to stay defined at 0.</summary>
    private const double Eps = 2.220446049250313e-16;

    /// <summary>The width of the kernel's support at scale 1, in samples.</summary>
    public static double Width(ResizeKernel kernel) => kernel switch
    {
        ResizeKernel.Nearest or ResizeKernel.Box => 1,
        ResizeKernel.Bilinear => 2,
        ResizeKernel.Bicubic or ResizeKernel.Lanczos2 => 4,
        ResizeKernel.Lanczos3 => 6,
        _ => throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "Unknown kernel."),
    };

    /// <summary>The kernel's value <paramref name="x"/> samples from its centre.</summary>
    public static double Evaluate(ResizeKernel kernel, double x) => kernel switch
    {
        ResizeKernel.Nearest or ResizeKernel.Box => x is >= -0.5 and < 0.5 ? 1 : 0,
        ResizeKernel.Bilinear => Triangle(Math.Abs(x)),
        ResizeKernel.Bicubic => Cubic(Math.Abs(x)),
        ResizeKernel.Lanczos2 => Lanczos(x, 2),
        ResizeKernel.Lanczos3 => Lanczos(x, 3),
        _ => throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "Unknown kernel."),
    };

    private static double Triangle(double distance) => distance <= 1 ? 1 - distance : 0;

    private static double Cubic(double distance)
    {
        var squared = distance * distance;
        var cubed = distance * distance * distance;
        return distance switch
        {
            <= 1 => (1.5 * cubed) - (2.5 * squared) + 1,
            <= 2 => (-0.5 * cubed) + (2.5 * squared) - (4 * distance) + 2,
            _ => 0,
        };
    }

    private static double Lanczos(double x, int lobes) =>
        Math.Abs(x) < lobes
            ? ((Math.Sin(Math.PI * x) * Math.Sin(Math.PI * x / lobes)) + Eps) / ((Math.PI * Math.PI * (x * x) / lobes) + Eps)
            : 0;
}
