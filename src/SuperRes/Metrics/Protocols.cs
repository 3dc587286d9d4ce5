namespace SuperRes.Metrics;

/// <summary>The named protocols.</summary>
public static class Protocols
{
    /// <summary>The literature's standard: luma, the edges shaved by the scale.</summary>
    public static Protocol Y { get; } = new()
    {
        Name = "y",
        Channels = MeasuredChannels.Luma,
        ShavePerScale = 1,
        Notes =
        [
            "Scripts that use gray values directly, without conversion to Y, read 1.32 dB less on a gray image and 0.09 dB less on Set14, whose 'bridge' is gray.",
        ],
    };

    /// <summary>RGB, the edges shaved by the scale.</summary>
    public static Protocol Rgb { get; } = new()
    {
        Name = "rgb",
        Channels = MeasuredChannels.Rgb,
        ShavePerScale = 1,
    };

    /// <summary>RGB, the edges shaved by 6 + scale, as the DIV2K challenge's scripts do.</summary>
    public static Protocol Div2k { get; } = new()
    {
        Name = "div2k",
        Channels = MeasuredChannels.Rgb,
        ShaveAlways = 6,
        ShavePerScale = 1,
    };

    /// <summary>What Deviyani and Singh (2022) ran: RGB, the whole image.</summary>
    public static Protocol Paper { get; } = new()
    {
        Name = "paper",
        Channels = MeasuredChannels.Rgb,
        ReportsPrintedPeak = true,
        Notes =
        [
            "The authors' code gave SSIM a peak of 225, by a typing error; here it is 255.",
            "The paper prints PSNR with the image's own maximum as its peak; that number is reported beside the one with 255, which the code used.",
            "The paper prints SSIM with a plus between its factors where the definition has a product; here it is the product.",
        ],
    };

    /// <summary>Every named protocol.</summary>
    public static IReadOnlyList<Protocol> All { get; } = [Y, Rgb, Div2k, Paper];

    /// <summary>The protocol of a name.</summary>
    /// <param name="name"><c>y</c>, <c>rgb</c>, <c>div2k</c> or <c>paper</c>, in any case.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Protocol Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(protocol => protocol.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no protocol '{name}'. Use one of: {string.Join(", ", All.Select(protocol => protocol.Name))}.", nameof(name));
    }
}
