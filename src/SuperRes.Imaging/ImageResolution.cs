namespace SuperRes.Imaging;

/// <summary>How many pixels make an inch of paper or screen.</summary>
/// <param name="Horizontal">Pixels per inch across.</param>
/// <param name="Vertical">Pixels per inch down.</param>
public readonly record struct ImageResolution(double Horizontal, double Vertical)
{
    internal const double MillimetresPerInch = 25.4;
}
