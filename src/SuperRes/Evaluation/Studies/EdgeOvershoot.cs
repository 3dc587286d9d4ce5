namespace SuperRes.Evaluation.Studies;

/// <summary>
/// Overshoot beside strong edges. Around each pixel lies a square window, as far as the scale each way. Where the
/// original's values in it span at least <see cref="StrongEdge"/> levels, there is a strong edge; a result above the
/// window's highest value overshoots by the difference, one below its lowest undershoots. A result without halos has 0,
/// however blurred it is.
/// </summary>
internal static class EdgeOvershoot
{
    /// <summary>A quarter of the range from black to white.</summary>
    public const float StrongEdge = 64;

    /// <summary>Measures luma planes of 0 to 255.</summary>
    /// <param name="result">The result, row by row.</param>
    /// <param name="reference">The original, of the same size.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="radius">How far the window reaches each way, at least 1.</param>
    /// <param name="shave">Pixels at each border that are not judged; the windows of those inside may reach into them.</param>
    /// <returns>Means over the pixels beside strong edges; 0 where there are none.</returns>
    public static (double Over, double Under) Measure(ReadOnlySpan<float> result, ReadOnlySpan<float> reference, int width, int radius, int shave)
    {
        var height = reference.Length / width;
        var (lowest, highest) = (Extremes(reference, width, radius, MathF.Min), Extremes(reference, width, radius, MathF.Max));
        var (over, under, count) = (0.0, 0.0, 0L);
        for (var y = shave; y < height - shave; y++)
        {
            for (var i = (y * width) + shave; i < ((y + 1) * width) - shave; i++)
            {
                if (highest[i] - lowest[i] >= StrongEdge)
                {
                    over += Math.Max(0, result[i] - highest[i]);
                    under += Math.Max(0, lowest[i] - result[i]);
                    count++;
                }
            }
        }

        return count == 0 ? (0, 0) : (over / count, under / count);
    }

    /// <summary>The lowest or highest value of every window: along rows first, then along columns. Windows end at the border.</summary>
    private static float[] Extremes(ReadOnlySpan<float> plane, int width, int radius, Func<float, float, float> choose)
    {
        var (height, rows, all) = (plane.Length / width, new float[plane.Length], new float[plane.Length]);
        for (var i = 0; i < plane.Length; i++)
        {
            var (start, x) = (i - (i % width), i % width);
            var value = plane[i];
            for (var near = Math.Max(0, x - radius); near <= Math.Min(width - 1, x + radius); near++)
            {
                value = choose(value, plane[start + near]);
            }

            rows[i] = value;
        }

        for (var i = 0; i < plane.Length; i++)
        {
            var (y, x) = (i / width, i % width);
            var value = rows[i];
            for (var near = Math.Max(0, y - radius); near <= Math.Min(height - 1, y + radius); near++)
            {
                value = choose(value, rows[(near * width) + x]);
            }

            all[i] = value;
        }

        return all;
    }
}
