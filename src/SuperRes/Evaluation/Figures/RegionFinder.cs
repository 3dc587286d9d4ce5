using SuperRes.Pixels;

namespace SuperRes.Evaluation.Figures;

/// <summary>
/// Finds the part of an image that shows best what sets models apart: the window with the largest summed variance,
/// between the models, of the absolute error. Where all models fail alike, or all succeed, there is nothing to see.
/// </summary>
internal static class RegionFinder
{
    // Multiples of 24 are whole low-resolution pixels at x2, x3, x4 and x8, and 48, 72 and 96 enlarge to one size, 288.
    private static readonly int[] WindowSides = [96, 72, 48];

    /// <summary>The window's side: about a quarter of the image's shorter one, between 48 and 96; the shorter side where that is less.</summary>
    public static int WindowSide(int width, int height)
    {
        var shorter = Math.Min(width, height);
        var side = WindowSides.FirstOrDefault(candidate => candidate * 4 <= shorter, WindowSides[^1]);
        return Math.Min(side, shorter);
    }

    /// <summary>The window to show, and how much the models differ in it.</summary>
    /// <param name="reference">The original.</param>
    /// <param name="results">One image of the same size per model, at least one. A single one is shown where its error is largest.</param>
    /// <param name="scale">The scale; windows begin on whole low-resolution pixels and keep off the borders, which protocols shave.</param>
    /// <returns>The window, and the mean variance (in squared gray levels of 255) inside it.</returns>
    public static (PixelRegion Region, double Disagreement) Find(ImageBuffer reference, IReadOnlyList<ImageBuffer> results, int scale)
    {
        var disagreement = Disagreement(reference, results);
        var (width, height) = (reference.Width, reference.Height);
        var side = WindowSide(width, height);
        var integral = Integrate(disagreement, width, height);
        var best = (X: 0, Y: 0, Sum: double.NegativeInfinity);
        foreach (var y in Starts(height, side, scale))
        {
            foreach (var x in Starts(width, side, scale))
            {
                var sum = Sum(integral, width, x, y, side);
                if (sum > best.Sum)
                {
                    best = (x, y, sum);
                }
            }
        }

        return (new PixelRegion(best.X, best.Y, side, side), best.Sum / ((double)side * side));
    }

    /// <summary>Variance between models of the absolute luma error, per pixel; with one model, its squared error.</summary>
    private static float[] Disagreement(ImageBuffer reference, IReadOnlyList<ImageBuffer> results)
    {
        var truth = LumaPlane.Of(reference);
        var sums = new float[truth.Length];
        var squares = new float[truth.Length];
        foreach (var result in results)
        {
            var luma = LumaPlane.Of(result);
            for (var i = 0; i < truth.Length; i++)
            {
                var error = Math.Abs(luma[i] - truth[i]);
                sums[i] += error;
                squares[i] += error * error;
            }
        }

        if (results.Count > 1)
        {
            for (var i = 0; i < truth.Length; i++)
            {
                var mean = sums[i] / results.Count;
                squares[i] = Math.Max(0, (squares[i] / results.Count) - (mean * mean));
            }
        }

        return squares;
    }

    /// <summary>Where a window may begin along one axis: multiples of the scale, two low-resolution pixels off either border where there is room.</summary>
    private static IEnumerable<int> Starts(int length, int side, int scale)
    {
        var margin = 2 * scale;
        var first = length - side >= 2 * margin ? margin : 0;
        var last = length - side - first;
        for (var start = first; start <= last; start += scale)
        {
            yield return start;
        }
    }

    /// <summary>Summed-area table of (width + 1) x (height + 1), zeros in the first row and column.</summary>
    private static double[] Integrate(float[] values, int width, int height)
    {
        var stride = width + 1;
        var table = new double[stride * (height + 1)];
        for (var y = 0; y < height; y++)
        {
            var row = 0.0;
            for (var x = 0; x < width; x++)
            {
                row += values[(y * width) + x];
                table[((y + 1) * stride) + x + 1] = table[(y * stride) + x + 1] + row;
            }
        }

        return table;
    }

    private static double Sum(double[] table, int width, int x, int y, int side)
    {
        var stride = width + 1;
        var (top, bottom) = (y * stride, (y + side) * stride);
        return table[bottom + x + side] - table[bottom + x] - table[top + x + side] + table[top + x];
    }
}
