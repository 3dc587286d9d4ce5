using System.Globalization;
using System.Text.RegularExpressions;
using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Imaging.Data.Degrading;

/// <summary>Degradation of low-resolution images beyond MATLAB's reduction, as of photos: blur before it, then noise, then JPEG.</summary>
public sealed partial record DegradeOptions
{
    /// <summary>The widest of IKC (Gu et al. 2019, arXiv:1904.03377) is 4, at x4.</summary>
    private const double StrongestBlur = 5;

    private const double StrongestNoise = 100;

    /// <summary>None of them: the images that the literature measures on.</summary>
    public static DegradeOptions None { get; } = new();

    /// <summary>Standard deviation of a round Gaussian in pixels of the original, which is blurred before it is reduced; 0 to 5, 0 for none.</summary>
    public double Blur { get; init; }

    /// <summary>Standard deviation of Gaussian noise in levels of 255, independent in every sample and the same each time; 0 to 100, 0 for none.</summary>
    public double Noise { get; init; }

    /// <summary>JPEG's quality, 1 to 100; below 90 colour has half the resolution. Null for no JPEG.</summary>
    public int? JpegQuality { get; init; }

    /// <summary>What the images' folder is called after: <c>bicubic</c>, <c>bicubic-blur1.6-noise5-jpeg40</c>.</summary>
    public string Track => LowResolutionFolder.BicubicTrack + Written("-blur", "-noise", "-jpeg");

    /// <summary>What <c>superres degrade</c> takes for them, with a space before each.</summary>
    internal string Arguments => Written(" --blur ", " --noise ", " --jpeg ");

    /// <summary>Reads what <see cref="Track"/> calls a folder.</summary>
    /// <returns>Whether it is such a name.</returns>
    internal static bool TryParse(string track, out DegradeOptions options)
    {
        var parts = Name().Match(track);
        options = new DegradeOptions
        {
            Blur = Number(parts.Groups[1]),
            Noise = Number(parts.Groups[2]),
            JpegQuality = int.TryParse(parts.Groups[3].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var quality) ? quality : null,
        };
        return options.Track == track && options.Validate().Count == 0;
    }

    /// <summary>What is wrong with the numbers, a sentence each.</summary>
    public IReadOnlyList<string> Validate() =>
    [
        .. Blur is >= 0 and <= StrongestBlur ? (string[])[] : [FormattableString.Invariant($"The blur is {Blur}, and its deviation must be 0 to {StrongestBlur} pixels.")],
        .. Noise is >= 0 and <= StrongestNoise ? (string[])[] : [FormattableString.Invariant($"The noise is {Noise}, and its deviation must be 0 to {StrongestNoise} levels.")],
        .. JpegQuality is null or (>= 1 and <= 100) ? (string[])[] : [FormattableString.Invariant($"JPEG's quality is {JpegQuality}, and must be 1 to 100.")],
    ];

    private string Written(string blur, string noise, string jpeg) =>
        (Blur > 0 ? FormattableString.Invariant($"{blur}{Blur}") : "")
        + (Noise > 0 ? FormattableString.Invariant($"{noise}{Noise}") : "")
        + (JpegQuality is { } quality ? FormattableString.Invariant($"{jpeg}{quality}") : "");

    private static double Number(Group part) => double.TryParse(part.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex($"^{LowResolutionFolder.BicubicTrack}(?:-blur([0-9.]+))?(?:-noise([0-9.]+))?(?:-jpeg([0-9]+))?$")]
    private static partial Regex Name();
}
