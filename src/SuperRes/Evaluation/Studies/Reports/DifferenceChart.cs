using SuperRes.Evaluation.Reports;
using SuperRes.Evaluation.Reports.Html;

namespace SuperRes.Evaluation.Studies.Reports;

/// <summary>The answers at a glance: each question's difference with its two intervals, beside a line at no difference.</summary>
internal sealed class DifferenceChart(IReadOnlyList<StudyQuestion> questions, string unit) : IStudyChart
{
    private const double Left = 250;
    private const double Right = 700;
    private const double RowHeight = 54;
    private const double Top = 16;

    // Fits left of the rows at 7 px a letter, which a wide font such as DejaVu Sans takes.
    private const int LongestLabel = 33;

    private readonly StudyQuestion[] _asked = [.. questions.Where(question => question.Decisive is not null)];

    public string Title => $"Differences, {unit}";

    public string Caption => "Mean over the seeds. The thick line is the interval over seeds, the thin one with upright ends over seeds and images. Right of zero the first-named is better.";

    public string Description => $"{Title}: {string.Join("; ", _asked.Select(question => question.Sentence.TrimEnd('.')))}.";

    public double Width => Right + 20;

    public double Height => Top + (_asked.Length * RowHeight) + 40;

    public void Write(ReportLines svg)
    {
        var axis = ChartAxis.Linear(_asked.SelectMany(question => Ends(question.Decisive!)).Append(0), Left, Right, 6);
        var bottom = Top + (_asked.Length * RowHeight);
        ChartGrid.Columns(svg, axis, Top, bottom, marksZero: true);
        for (var i = 0; i < _asked.Length; i++)
        {
            Row(svg, axis, _asked[i], Top + ((i + 0.5) * RowHeight));
        }
    }

    /// <summary>What an axis must reach to show the difference.</summary>
    public static double[] Ends(StudyDifference difference) =>
    [
        difference.Seeds.Mean,
        difference.Seeds.Interval?.Low ?? 0, difference.Seeds.Interval?.High ?? 0,
        difference.Crossed?.Interval.Low ?? 0, difference.Crossed?.Interval.High ?? 0,
    ];

    /// <summary>A difference as a mark with a thick line for the interval over seeds and a thin one for that over seeds and images.</summary>
    public static void Mark(ReportLines svg, ChartAxis axis, StudyDifference difference, double y, int color, string tip)
    {
        if (difference.Crossed?.Interval is { } wide)
        {
            // With upright ends, which show where it is the shorter one too.
            var (low, high) = (axis.Map(wide.Low), axis.Map(wide.High));
            svg.Line($"<path class=\"b{ChartMark.Color(color)}\" stroke-width=\"1.2\" fill=\"none\" d=\"M{low:0.0} {y - 5:0.0}v10m0-5H{high:0.0}m0-5v10\"/>");
        }

        if (difference.Seeds.Interval is { } interval)
        {
            svg.Line($"<line class=\"bar b{ChartMark.Color(color)}\" stroke-width=\"5\" x1=\"{axis.Map(interval.Low):0.0}\" x2=\"{axis.Map(interval.High):0.0}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>");
        }

        svg.Line(ChartMark.Svg(color, axis.Map(difference.Seeds.Mean), y, tip));
    }

    private static void Row(ReportLines svg, ChartAxis axis, StudyQuestion question, double y)
    {
        Label(svg, question.Variant, y - 11);
        Label(svg, $"against {question.Against}", y + 4);
        Label(svg, question.Network, y + 18, "tick");
        Mark(svg, axis, question.Decisive!, y, color: 0, question.Sentence);
    }

    private static void Label(ReportLines svg, string text, double y, string? style = null) =>
        ChartGrid.Label(svg, HtmlText.Short(text, LongestLabel), Left - 14, y, style);
}
