using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Tests.Resampling;

/// <summary>MATLAB's <c>imresize</c> by plain loops, one sample at a time, written down from its definition: the oracle of the vector code.</summary>
internal static class ReferenceResize
{
    /// <summary>Resizes samples (H, W, C); <paramref name="peak"/> 0 means that nothing is rounded.</summary>
    public static double[] Run(double[] samples, (int Width, int Height, int Channels) size, int width, int height, ResizeKernel kernel, double peak)
    {
        var (scaleX, scaleY) = ((double)width / size.Width, (double)height / size.Height);
        if (scaleX < scaleY)
        {
            return AlongY(AlongX(samples, size, width, scaleX, kernel, peak), (width, size.Height, size.Channels), height, scaleY, kernel, peak);
        }

        return AlongX(AlongY(samples, size, height, scaleY, kernel, peak), (size.Width, height, size.Channels), width, scaleX, kernel, peak);
    }

    private static double[] AlongX(double[] samples, (int Width, int Height, int Channels) size, int length, double scale, ResizeKernel kernel, double peak)
    {
        var result = new double[length * size.Height * size.Channels];
        for (var x = 0; x < length; x++)
        {
            var window = Window(x, size.Width, scale, kernel);
            for (var y = 0; y < size.Height; y++)
            {
                for (var c = 0; c < size.Channels; c++)
                {
                    var sum = window.Aggregate(0.0, (s, tap) => s + (tap.Weight * samples[(((y * size.Width) + tap.Index) * size.Channels) + c]));
                    result[(((y * length) + x) * size.Channels) + c] = Round(sum, peak);
                }
            }
        }

        return result;
    }

    private static double[] AlongY(double[] samples, (int Width, int Height, int Channels) size, int length, double scale, ResizeKernel kernel, double peak)
    {
        var row = size.Width * size.Channels;
        var result = new double[length * row];
        for (var y = 0; y < length; y++)
        {
            var window = Window(y, size.Height, scale, kernel);
            for (var i = 0; i < row; i++)
            {
                result[(y * row) + i] = Round(window.Aggregate(0.0, (s, tap) => s + (tap.Weight * samples[(tap.Index * row) + i])), peak);
            }
        }

        return result;
    }

    private static (int Index, double Weight)[] Window(int output, int length, double scale, ResizeKernel kernel)
    {
        var stretch = kernel == ResizeKernel.Nearest ? 1 : Math.Min(scale, 1);
        var width = (kernel is ResizeKernel.Nearest or ResizeKernel.Box ? 1 : kernel == ResizeKernel.Bilinear ? 2 : kernel == ResizeKernel.Lanczos3 ? 6 : 4) / stretch;
        var centre = ((output + 1) / scale) + (0.5 * (1 - (1 / scale)));
        var left = (int)Math.Floor(centre - (width / 2));
        var taps = Enumerable.Range(left, (int)Math.Ceiling(width) + 2)
            .Select(k => (Index: Reflect(k - 1, length), Weight: stretch * Kernel(kernel, stretch * (centre - k))))
            .ToArray();
        var sum = taps.Sum(tap => tap.Weight);
        return [.. taps.Select(tap => (tap.Index, tap.Weight / sum))];
    }

    private static int Reflect(int position, int length)
    {
        while (position < 0 || position >= length)
        {
            position = position < 0 ? -1 - position : (2 * length) - 1 - position;
        }

        return position;
    }

    private static double Kernel(ResizeKernel kernel, double x)
    {
        var a = Math.Abs(x);
        return kernel switch
        {
            ResizeKernel.Nearest or ResizeKernel.Box => x is >= -0.5 and < 0.5 ? 1 : 0,
            ResizeKernel.Bilinear => Math.Max(0, 1 - a),
            ResizeKernel.Bicubic when a <= 1 => (1.5 * (a * a * a)) - (2.5 * (a * a)) + 1,
            ResizeKernel.Bicubic when a <= 2 => (-0.5 * (a * a * a)) + (2.5 * (a * a)) - (4 * a) + 2,
            ResizeKernel.Bicubic => 0,
            _ => Lanczos(x, kernel == ResizeKernel.Lanczos2 ? 2 : 3),
        };
    }

    // With MATLAB's eps, which decides what is rounded where a value lies half-way between two levels.
    private static double Lanczos(double x, int lobes)
    {
        var eps = Math.BitIncrement(1.0) - 1;
        var numerator = (Math.Sin(Math.PI * x) * Math.Sin(Math.PI * x / lobes)) + eps;
        var denominator = (Math.PI * Math.PI * (x * x) / lobes) + eps;
        return Math.Abs(x) < lobes ? numerator / denominator : 0;
    }

    private static double Round(double value, double peak) =>
        peak == 0 ? value : Math.Min(Math.Max(Math.Floor(value + 0.5), 0), peak);
}
