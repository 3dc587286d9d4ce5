using System.CommandLine;
using System.Globalization;
using SuperRes.Networks.Analysis;

namespace SuperRes.Cli.CommandLine;

/// <summary>A size in pixels, written <c>320x180</c>: width first, as people say it.</summary>
internal readonly record struct ImageSize(int Width, int Height)
{
    // Longer than any image; what is planned is planned row by row.
    private const int LongestSide = 1 << 20;

    /// <summary>A quarter of 1280x720 each way: the size at which design decisions and benchmarks are stated.</summary>
    public static readonly ImageSize Usual = new(320, 180);

    /// <summary><see cref="Usual"/>, or the only size that a network takes.</summary>
    public static ImageSize UsualFor(GraphAnalysis network) => network.HasFixedSize ? new(network.MinimumWidth, network.MinimumHeight) : Usual;

    /// <summary><c>--size</c>.</summary>
    public static Option<ImageSize?> Option(string description) => new("--size")
    {
        Description = description,
        HelpName = "WIDTHxHEIGHT",
        CustomParser = result => TryParse(result.Tokens[0].Value, out var size)
            ? size
            : CommonOptions.Fail<ImageSize?>(result, $"'{result.Tokens[0].Value}' is no size. Give width and height in pixels, such as 320x180, each at most {LongestSide}."),
    };

    public static bool TryParse(string text, out ImageSize size)
    {
        var parts = text.Split('x', 'X');
        size = default;
        if (parts.Length != 2 || !TryParseSide(parts[0], out var width) || !TryParseSide(parts[1], out var height))
        {
            return false;
        }

        size = new ImageSize(width, height);
        return true;
    }

    public override string ToString() => $"{Width}x{Height}";

    private static bool TryParseSide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side is > 0 and <= LongestSide;
}
