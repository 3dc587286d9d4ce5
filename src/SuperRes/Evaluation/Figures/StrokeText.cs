using System.Globalization;

namespace SuperRes.Evaluation.Figures;

/// <summary>Lays a line of <see cref="StrokeFont"/> text out as line segments in pixels.</summary>
internal sealed class StrokeText
{
    private const int CurveSteps = 8;

    private readonly List<(double X0, double Y0, double X1, double Y1)> _segments = [];

    /// <param name="text">One line.</param>
    /// <param name="capHeight">Height of capitals in pixels.</param>
    public StrokeText(string text, double capHeight)
    {
        var unit = capHeight / StrokeFont.CapHeight;
        var x = 0.0;
        foreach (var character in text)
        {
            var (width, path) = StrokeFont.Glyph(character);
            Add(path, x, unit);
            x += (width + StrokeFont.LetterSpacing) * unit;
        }

        Width = Math.Max(0, x - (StrokeFont.LetterSpacing * unit));
    }

    /// <summary>From the first stroke's middle to the last one's, pixels.</summary>
    public double Width { get; }

    /// <summary>Segments relative to the left end of the baseline; y grows downwards.</summary>
    public IReadOnlyList<(double X0, double Y0, double X1, double Y1)> Segments => _segments;

    private void Add(string path, double offset, double unit)
    {
        var (x, y) = (0.0, 0.0);
        var tokens = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < tokens.Length;)
        {
            var command = tokens[i][0];
            var a = Number(tokens[i++].AsSpan(1));
            var b = Number(tokens[i++]);
            if (command == 'M')
            {
                (x, y) = (a, b);
                continue;
            }

            var (endX, endY) = command == 'q' ? (Number(tokens[i++]), Number(tokens[i++])) : (a, b);
            var steps = command == 'L' ? 1 : CurveSteps;
            var (fromX, fromY) = (x, y);
            for (var step = 1; step <= steps; step++)
            {
                var (nextX, nextY) = PointOn(command, (fromX, fromY), (a, b), (endX, endY), (double)step / steps);
                _segments.Add((offset + (x * unit), -y * unit, offset + (nextX * unit), -nextY * unit));
                (x, y) = (nextX, nextY);
            }
        }
    }

    private static (double X, double Y) PointOn(
        char command, (double X, double Y) from, (double X, double Y) control, (double X, double Y) to, double t)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var (sin, cos) = Math.SinCos(t * Math.PI / 2);
        return command switch
        {
            'L' => to,
            'h' => (from.X + (dx * sin), from.Y + (dy * (1 - cos))),
            'v' => (from.X + (dx * (1 - cos)), from.Y + (dy * sin)),
            'q' => (Quadratic(from.X, control.X, to.X, t), Quadratic(from.Y, control.Y, to.Y, t)),
            _ => throw new InvalidOperationException($"The font has the unknown command '{command}'."),
        };
    }

    private static double Quadratic(double a, double b, double c, double t) =>
        ((1 - t) * (1 - t) * a) + (2 * (1 - t) * t * b) + (t * t * c);

    private static double Number(ReadOnlySpan<char> text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
