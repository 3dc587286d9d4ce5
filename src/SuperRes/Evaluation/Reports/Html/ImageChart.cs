namespace SuperRes.Evaluation.Reports.Html;

/// <summary>
/// A value of every image and model. Few images: one row each, marks on a line (Cleveland's dot plot). Many: one curve per
/// model over its images in ascending order, which shows where on the scale models part.
/// </summary>
internal sealed class ImageChart
{
    private const int MostRows = 40;
    private const int MarksPerCurve = 5;
    private const double Width = 960;
    private const double RowsLeft = 160;
    private const double CurvesLeft = 56;
    private const double Right = 940;
    private const double RowHeight = 22;
    private const double Top = 14;
    private const double CurvesBottom = 300;

    private readonly ReportLines _page;
    private readonly IReadOnlyList<string> _images;
    private readonly IReadOnlyList<ImageSeries> _series;
    private readonly Func<double?, string> _format;

    private ImageChart(ReportLines page, IReadOnlyList<string> images, IReadOnlyList<ImageSeries> series, Func<double?, string> format)
    {
        (_page, _images, _series, _format) = (page, images, series, format);
    }

    /// <summary>PSNR of each image.</summary>
    public static void Psnr(ReportLines page, ReportGroup group) =>
        new ImageChart(page, group.ImageNames, ImageSeries.Psnr(group), ReportText.Decibels)
            .Write("PSNR of each image", "dB.", $"PSNR in dB of the images of {group.Title}; the table has the numbers.");

    /// <summary>Gain over the baseline on each image, where there is one: what hundredths of a dB are made of.</summary>
    public static void Gains(ReportLines page, ReportGroup group)
    {
        if (ImageSeries.Gains(group) is { Count: > 0 } gains && gains.Any(series => series.Values.Count > 0))
        {
            new ImageChart(page, group.ImageNames, gains, ReportText.SignedDecibels).Write(
                $"Gain over {HtmlText.Name(group.Baseline!)} on each image",
                "Difference in PSNR, dB.",
                $"Gain in PSNR over {group.Baseline} on the images of {group.Title}.");
        }
    }

    private void Write(string titleHtml, string note, string label)
    {
        var isFew = _images.Count <= MostRows;
        double[] values = [.. _series.SelectMany(series => series.Values.Values).Where(double.IsFinite)];
        if (values.Length == 0)
        {
            return;
        }

        var height = isFew ? Top + ((_images.Count + 1) * RowHeight) + 34 : CurvesBottom + 34;
        _page.Line($"<figure><figcaption><div class=\"chart-title\">{titleHtml}</div>{note}{(isFew ? " The line spans the models." : " Each model’s images are in ascending order.")}</figcaption><div class=\"scroll\">");
        _page.Line($"<svg class=\"chart wide\" viewBox=\"0 0 {Width:0.#} {height:0.#}\" role=\"img\" aria-label=\"{HtmlText.Of(label)}\">");
        if (isFew)
        {
            Rows(ChartAxis.Linear(values, RowsLeft, Right, 10), height - 30);
        }
        else
        {
            Curves(ChartAxis.Linear(values, CurvesBottom, Top, 6));
        }

        _page.Line($"</svg></div></figure>");
    }

    private void Rows(ChartAxis axis, double bottom)
    {
        ChartGrid.Columns(_page, axis, Top - 6, bottom, marksZero: true);
        for (var row = 0; row < _images.Count; row++)
        {
            var name = _images[row];
            Row(axis, row, name, null, [.. _series.Where(series => series.Values.ContainsKey(name)).Select(series => (series, series.Values[name]))]);
        }

        Row(axis, _images.Count, "mean", "mean", [.. _series.Where(series => series.Mean is not null).Select(series => (series, series.Mean!.Value))]);
    }

    private void Row(ChartAxis axis, int row, string label, string? style, (ImageSeries Series, double Value)[] values)
    {
        var y = Top + ((row + 0.5) * RowHeight);
        ChartGrid.Label(_page, HtmlText.Short(label, 18), RowsLeft - 14, y + 4, style);
        (ImageSeries Series, double Value)[] finite = [.. values.Where(value => double.IsFinite(value.Value))];
        if (finite.Length < values.Length)
        {
            // Of identical images: no place on the axis would be theirs.
            _page.Line($"<text x=\"{Right:0.0}\" y=\"{y + 4:0.0}\" text-anchor=\"end\">{_format(values.First(value => !double.IsFinite(value.Value)).Value)}</text>");
        }

        if (finite.Length > 1)
        {
            var (low, high) = (axis.Map(finite.Min(value => value.Value)), axis.Map(finite.Max(value => value.Value)));
            _page.Line($"<line class=\"range\" x1=\"{low:0.0}\" x2=\"{high:0.0}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>");
        }

        foreach (var (series, value) in finite)
        {
            _page.Line(ChartMark.Svg(series.Model, axis.Map(value), y, $"{series.Name}, {label}: {_format(value)} dB"));
        }
    }

    private void Curves(ChartAxis axis)
    {
        ChartGrid.Rows(_page, axis, CurvesLeft, Right, marksZero: true);
        foreach (var series in _series)
        {
            var sorted = series.Values.Values.Where(double.IsFinite).Order().ToArray();
            var step = (Right - CurvesLeft) / Math.Max(1, sorted.Length - 1);
            var points = sorted.Select((value, rank) => FormattableString.Invariant($"{CurvesLeft + (rank * step):0.0},{axis.Map(value):0.0}"));
            _page.Line($"<polyline class=\"l b{ChartMark.Color(series.Model)}\" points=\"{string.Join(' ', points)}\"><title>{HtmlText.Of(series.Name)}</title></polyline>");
            for (var mark = 0; mark < MarksPerCurve && sorted.Length > 0; mark++)
            {
                // Each model's a little further along, so that curves that lie on one another show all of theirs.
                var rank = (int)((mark + ((series.Model % MarksPerCurve) / (double)MarksPerCurve)) * sorted.Length / MarksPerCurve);
                _page.Line(ChartMark.Svg(series.Model, CurvesLeft + (rank * step), axis.Map(sorted[rank]), series.Name));
            }
        }

        _page.Line($"<text class=\"axis\" x=\"{CurvesLeft:0.0}\" y=\"{CurvesBottom + 24:0.0}\">lowest</text>");
        _page.Line($"<text class=\"axis\" x=\"{Right:0.0}\" y=\"{CurvesBottom + 24:0.0}\" text-anchor=\"end\">highest</text>");
    }
}
