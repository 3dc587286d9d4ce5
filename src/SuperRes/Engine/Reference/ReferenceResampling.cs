namespace SuperRes.Engine.Reference;

/// <summary>The operations that change a map's size without a weight, by their definitions.</summary>
internal static class ReferenceResampling
{
    /// <summary>Channel c * r² + dy * r + dx of pixel (y, x) becomes channel c of pixel (r y + dy, r x + dx).</summary>
    public static ReferenceMap PixelShuffle(ReferenceMap x, int r) =>
        x.Fill(x.Channels / (r * r), x.Height * r, x.Width * r, (n, c, row, column) =>
            x[n, (c * r * r) + (row % r * r) + (column % r), row / r, column / r]);

    /// <summary>
    /// Keys's cubic convolution (1981) with a = -0.5: output pixel p lies at (p + 0.5) / factor - 0.5 of the input and
    /// weighs the four nearest pixels each way; beyond the border the nearest pixel is read again.
    /// </summary>
    public static ReferenceMap BicubicUpsample(ReferenceMap x, int factor) =>
        x.Fill(x.Channels, x.Height * factor, x.Width * factor, (n, c, row, column) =>
        {
            var (centerRow, centerColumn) = (((row + 0.5) / factor) - 0.5, ((column + 0.5) / factor) - 0.5);
            var (top, left) = ((int)Math.Floor(centerRow) - 1, (int)Math.Floor(centerColumn) - 1);
            var sum = 0.0;
            for (var y = top; y < top + 4; y++)
            {
                for (var z = left; z < left + 4; z++)
                {
                    // On a pixel's centre the others weigh nothing, and are not read: a NaN among them stays where it is.
                    var weight = Cubic(centerRow - y) * Cubic(centerColumn - z);
                    sum += weight == 0 ? 0 : weight * x.OrEdge(n, c, y, z);
                }
            }

            return sum;
        });

    private static double Cubic(double distance)
    {
        const double A = -0.5;
        var d = Math.Abs(distance);
        return d switch
        {
            <= 1 => ((((A + 2) * d) - (A + 3)) * d * d) + 1,
            < 2 => ((((((A * d) - (5 * A)) * d) + (8 * A)) * d) - (4 * A)),
            _ => 0,
        };
    }
}
