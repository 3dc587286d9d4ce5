namespace SuperRes.Evaluation.Reports.Html;

/// <summary>A model's mark: a colour and a shape, so that no one has to tell models apart by colour alone.</summary>
internal static class ChartMark
{
    public const int Colors = 8;

    private const int Shapes = 5;

    /// <summary>The class of the model's colour, 0 to 7.</summary>
    public static int Color(int model) => model % Colors;

    /// <summary>The mark as SVG, centred on (x, y), with a text that pointing at it shows.</summary>
    public static FormattableString Svg(int model, double x, double y, string tip)
    {
        var title = tip.Length == 0 ? "" : $"<title>{HtmlText.Of(tip)}</title>";
        return $"<path class=\"mark c{Color(model)}\" transform=\"translate({x:0.0} {y:0.0})\" d=\"{Outline(model % Shapes)}\">{title}</path>";
    }

    /// <summary>Shapes of about equal area.</summary>
    private static string Outline(int shape) => shape switch
    {
        0 => "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
        1 => "M-4.5-4.5h9v9h-9z",
        2 => "M0-6L5.6 4H-5.6z",
        3 => "M0-6.2L6.2 0L0 6.2L-6.2 0z",
        _ => "M0 6L5.6-4H-5.6z",
    };
}
