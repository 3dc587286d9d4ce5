namespace SuperRes.Evaluation.Studies;

/// <summary>
/// The error by frequency. The error plane is cut into blocks of 32 x 32, and each is transformed by the orthonormal
/// DCT-II, which keeps the sum of squares. Coefficient (u, v) stands for a horizontal frequency u and a vertical one v,
/// in 32nds of the highest that pixels can hold; it belongs to band max(u, v) / 8. The maximum, because a grid four times
/// coarser holds just the square of frequencies with u and v below a quarter.
/// </summary>
internal static class FrequencyBands
{
    /// <summary>Side of a block, pixels.</summary>
    public const int Block = 32;

    /// <summary>Bands of equal width.</summary>
    public const int Count = 4;

    private static readonly double[] Basis = MakeBasis();

    /// <summary>Root of the mean squared error in each band, in the planes' unit.</summary>
    /// <param name="result">The result, row by row.</param>
    /// <param name="reference">The original, of the same size.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="shave">Pixels at each border that are left out. What is left at the right and below, too little for a block, is too.</param>
    /// <returns>Zeros where the planes are smaller than a block.</returns>
    public static double[] Measure(ReadOnlySpan<float> result, ReadOnlySpan<float> reference, int width, int shave)
    {
        var height = reference.Length / width;
        var (sums, blocks) = (new double[Count], 0);
        var block = new double[Block * Block];
        var half = new double[Block * Block];
        for (var top = shave; top + Block <= height - shave; top += Block)
        {
            for (var left = shave; left + Block <= width - shave; left += Block)
            {
                for (var i = 0; i < block.Length; i++)
                {
                    var at = ((top + (i / Block)) * width) + left + (i % Block);
                    block[i] = result[at] - reference[at];
                }

                // Twice along rows with a transposition each: columns, then rows.
                TransformRows(block, half);
                TransformRows(half, block);
                Add(block, sums);
                blocks++;
            }
        }

        return [.. sums.Select(sum => blocks == 0 ? 0 : Math.Sqrt(sum / ((double)blocks * Block * Block)))];
    }

    private static void Add(double[] coefficients, double[] sums)
    {
        for (var i = 0; i < coefficients.Length; i++)
        {
            sums[Math.Max(i / Block, i % Block) * Count / Block] += coefficients[i] * coefficients[i];
        }
    }

    /// <summary>DCT-II of each row, written as a column.</summary>
    private static void TransformRows(double[] from, double[] to)
    {
        for (var row = 0; row < Block; row++)
        {
            for (var frequency = 0; frequency < Block; frequency++)
            {
                var sum = 0.0;
                for (var x = 0; x < Block; x++)
                {
                    sum += Basis[(frequency * Block) + x] * from[(row * Block) + x];
                }

                to[(frequency * Block) + row] = sum;
            }
        }
    }

    private static double[] MakeBasis()
    {
        var basis = new double[Block * Block];
        for (var i = 0; i < basis.Length; i++)
        {
            var (frequency, x) = (i / Block, i % Block);
            basis[i] = Math.Sqrt((frequency == 0 ? 1.0 : 2.0) / Block) * Math.Cos(Math.PI * (x + 0.5) * frequency / Block);
        }

        return basis;
    }
}
