namespace SuperRes.Torch.Execution;

/// <summary>
/// Bicubic upsampling of one dimension as a matrix: a = -0.5, pixel centres at half integers, edges repeated. libtorch's
/// own has a = -0.75.
/// </summary>
internal static class BicubicMatrix
{
    /// <summary>(size * factor) rows of size columns.</summary>
    public static double[,] Create(int size, int factor)
    {
        var matrix = new double[size * factor, size];
        for (var row = 0; row < size * factor; row++)
        {
            var center = ((row + 0.5) / factor) - 0.5;
            var first = (int)Math.Floor(center) - 1;
            for (var tap = first; tap < first + 4; tap++)
            {
                matrix[row, Math.Clamp(tap, 0, size - 1)] += Weight(Math.Abs(center - tap));
            }
        }

        return matrix;
    }

    /// <summary>Keys's kernel (1981) with a = -0.5.</summary>
    private static double Weight(double distance) => distance switch
    {
        <= 1 => (((1.5 * distance) - 2.5) * distance * distance) + 1,
        < 2 => (((((-0.5 * distance) + 2.5) * distance) - 4) * distance) + 2,
        _ => 0,
    };
}
