namespace SuperRes.Evaluation.Figures;

/// <summary>
/// How much of every pixel a line of text covers. Strokes have round ends, and where they meet the larger coverage
/// counts, so that joints are no darker than the rest.
/// </summary>
internal sealed class StrokeMask
{
    private readonly float[] _coverage;

    /// <param name="line">The text.</param>
    /// <param name="left">Left end of its baseline, pixels.</param>
    /// <param name="baseline">Its baseline, pixels from the top.</param>
    /// <param name="radius">Half a stroke's thickness, pixels.</param>
    public StrokeMask(StrokeText line, double left, double baseline, double radius)
    {
        var segments = line.Segments;
        var reach = radius + 1;
        X = (int)Math.Floor(left + segments.Select(s => Math.Min(s.X0, s.X1)).DefaultIfEmpty().Min() - reach);
        Y = (int)Math.Floor(baseline + segments.Select(s => Math.Min(s.Y0, s.Y1)).DefaultIfEmpty().Min() - reach);
        Width = (int)Math.Ceiling(left + segments.Select(s => Math.Max(s.X0, s.X1)).DefaultIfEmpty().Max() + reach) - X;
        Height = (int)Math.Ceiling(baseline + segments.Select(s => Math.Max(s.Y0, s.Y1)).DefaultIfEmpty().Max() + reach) - Y;
        _coverage = new float[Width * Height];
        foreach (var (x0, y0, x1, y1) in segments)
        {
            Stroke(left + x0 - X, baseline + y0 - Y, left + x1 - X, baseline + y1 - Y, radius);
        }
    }

    /// <summary>Left edge in the picture.</summary>
    public int X { get; }

    /// <summary>Top edge in the picture.</summary>
    public int Y { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>0 to 1, at a place relative to (<see cref="X"/>, <see cref="Y"/>).</summary>
    public float Coverage(int column, int row) => _coverage[(row * Width) + column];

    /// <summary>A pixel is covered by how far its centre lies inside the stroke's edge.</summary>
    private void Stroke(double x0, double y0, double x1, double y1, double radius)
    {
        var reach = radius + 1;
        var (dx, dy) = (x1 - x0, y1 - y0);
        var lengthSquared = Math.Max((dx * dx) + (dy * dy), 1e-12);
        var (top, bottom) = ((int)Math.Max(0, Math.Min(y0, y1) - reach), (int)Math.Min(Height - 1, Math.Max(y0, y1) + reach));
        var (first, last) = ((int)Math.Max(0, Math.Min(x0, x1) - reach), (int)Math.Min(Width - 1, Math.Max(x0, x1) + reach));
        for (var row = top; row <= bottom; row++)
        {
            for (var column = first; column <= last; column++)
            {
                var (px, py) = (column + 0.5 - x0, row + 0.5 - y0);
                var t = Math.Clamp(((px * dx) + (py * dy)) / lengthSquared, 0, 1);
                var (nearX, nearY) = (px - (t * dx), py - (t * dy));
                var coverage = (float)Math.Clamp(radius + 0.5 - Math.Sqrt((nearX * nearX) + (nearY * nearY)), 0, 1);
                ref var pixel = ref _coverage[(row * Width) + column];
                pixel = Math.Max(pixel, coverage);
            }
        }
    }
}
