namespace SuperRes.Evaluation.Reports.Html;

/// <summary>Maps values to a chart's coordinates, with ticks at round numbers.</summary>
internal sealed class ChartAxis
{
    private readonly Func<double, double> _transform;
    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;

    private ChartAxis(double low, double high, double from, double to, Func<double, double> transform, IReadOnlyList<double> ticks)
    {
        (_low, _high, _from, _to, _transform, Ticks) = (low, high, from, to, transform, ticks);
    }

    /// <summary>Where to draw grid lines, in values.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Coordinate of a value; what lies outside, infinities included, is put at the nearer end.</summary>
    public double Map(double value) => Map(value, 0, 1);

    /// <summary>Coordinate of a value; what lies outside the axis is put outside, infinities a hundred lengths away.</summary>
    public double MapBeyond(double value) => Map(value, -100, 100);

    /// <summary>Whether a value lies on the axis.</summary>
    public bool Contains(double value) => _transform(value) is var transformed && transformed >= _low && transformed <= _high;

    /// <summary>A linear axis around the finite values, with a margin of 4 %.</summary>
    public static ChartAxis Linear(IEnumerable<double> values, double from, double to, int tickCount)
    {
        var (low, high) = Bounds(values, smallestSpan: 0.02);
        var margin = 0.04 * (high - low);
        (low, high) = (low - margin, high + margin);
        var step = NiceStep((high - low) / tickCount);
        var ticks = new List<double>();
        for (var index = (long)Math.Ceiling(low / step); index * step <= high; index++)
        {
            ticks.Add(index * step);
        }

        return new ChartAxis(low, high, from, to, value => value, ticks);
    }

    /// <summary>A logarithmic axis of positive values; the fewer powers of ten it spans, the more ticks between them.</summary>
    public static ChartAxis Logarithmic(IEnumerable<double> values, double from, double to)
    {
        var (low, high) = Bounds(values.Where(value => value > 0).Select(Math.Log10), smallestSpan: 0.5);
        var margin = 0.06 * (high - low);
        (low, high) = (low - margin, high + margin);
        double[] steps = (high - low) switch
        {
            > 2.5 => [1],
            > 1 => [1, 2, 5],
            _ => [1, 1.5, 2, 3, 4, 5, 6, 8],
        };
        var ticks = new List<double>();
        for (var power = (int)Math.Floor(low); power <= high; power++)
        {
            ticks.AddRange(steps.Select(step => step * Math.Pow(10, power)).Where(tick => Math.Log10(tick) >= low && Math.Log10(tick) <= high));
        }

        return new ChartAxis(low, high, from, to, Math.Log10, ticks);
    }

    /// <summary>
    /// An axis of both signs on which differences of very different size can be read: linear about zero, logarithmic away
    /// from it (asinh). Ticks at zero and, either way, at <paramref name="linear"/> and five times the last one.
    /// </summary>
    /// <param name="values">What the axis must reach.</param>
    /// <param name="linear">Above 0. About here linear turns into logarithmic.</param>
    /// <param name="from">Coordinate of the lower end.</param>
    /// <param name="to">Coordinate of the upper end.</param>
    public static ChartAxis SignedLogarithmic(IEnumerable<double> values, double linear, double from, double to)
    {
        var (low, high) = Bounds(values.Select(Transform), smallestSpan: 1);
        var margin = 0.04 * (high - low);
        (low, high) = (low - margin, high + margin);
        var ticks = new List<double> { 0 };
        for (var tick = linear; Transform(tick) <= Math.Max(high, -low); tick *= 5)
        {
            ticks.AddRange([-tick, tick]);
        }

        return new ChartAxis(low, high, from, to, Transform, [.. ticks.Where(tick => Transform(tick) >= low && Transform(tick) <= high).Order()]);

        double Transform(double value) => Math.Asinh(value / linear);
    }

    private double Map(double value, double least, double most)
    {
        var share = (_transform(value) - _low) / (_high - _low);
        return _from + (Math.Clamp(double.IsNaN(share) ? 0 : share, least, most) * (_to - _from));
    }

    private static (double Low, double High) Bounds(IEnumerable<double> values, double smallestSpan)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (finite.Min(), finite.Max());
        var missing = Math.Max(0, smallestSpan - (high - low)) / 2;
        return (low - missing, high + missing);
    }

    private static double NiceStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}
