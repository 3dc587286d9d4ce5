namespace SuperRes.Imaging;

/// <summary>How many pixels make an inch of paper or screen.</summary>
/// <param name="Horizontal">Pixels per inch across.</param>
/// <param name="Vertical">Pixels per inch down.</param>
public readonly record struct ImageResolution(double Horizontal, double Vertical)
{
    internal const double MillimetresPerInch = 25.4;

    // PNG rounds 72 per inch to 2834 or 2835 per metre.
    private const double Tolerance = 0.05;

    /// <summary>What a reader assumes where a file says nothing (EXIF 2.32, 4.6.4).</summary>
    internal static ImageResolution Default { get; } = new(72, 72);

    internal bool IsDefault =>
        Math.Abs(Horizontal - Default.Horizontal) < Tolerance && Math.Abs(Vertical - Default.Vertical) < Tolerance;

    /// <summary>
    /// The resolution to hundredths, which removes what conversion to metres or to a binary fraction did to a round
    /// number; null unless both are positive numbers.
    /// </summary>
    internal static ImageResolution? TryCreate(double horizontal, double vertical) =>
        horizontal > 0 && vertical > 0 && double.IsFinite(horizontal) && double.IsFinite(vertical)
            ? new ImageResolution(Math.Round(horizontal, 2), Math.Round(vertical, 2))
            : null;
}
