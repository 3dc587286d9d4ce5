using System.Globalization;
using System.Text.RegularExpressions;
using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Imaging.Data.Degrading;

/// <summary>Degradation of low-resolution images beyond MATLAB's reduction, as of photos: noise, then JPEG.</summary>
public sealed partial record DegradeOptions
{
    private const double StrongestNoise = 100;

    /// <summary>Neither: the images that the literature measures on.</summary>
    public static DegradeOptions None { get; } = new();

    /// <summary>Standard deviation of Gaussian noise in levels of 255, independent in every sample and the same each time; 0 to 100, 0 for none.</summary>
    public double Noise { get; init; }

    /// <summary>JPEG's quality, 1 to 100; below 90 colour has half the resolution. Null for no JPEG.</summary>
    public int? JpegQuality { get; init; }

    /// <summary>What the images' folder is called after: <c>bicubic</c>, <c>bicubic-noise5-jpeg40</c>.</summary>
    public string Track => LowResolutionFolder.BicubicTrack + Written("-noise", "-jpeg");

    /// <summary>What <c>superres degrade</c> takes for them, with a space before each.</summary>
    internal string Arguments => Written(" --noise ", " --jpeg ");

    /// <summary>Reads what <see cref="Track"/> calls a folder.</summary>
    /// <returns>Whether it is such a name.</returns>
    internal static bool TryParse(string track, out DegradeOptions options)
    {
        var parts = Name().Match(track);
        options = new DegradeOptions
        {
            Noise = double.TryParse(parts.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var noise) ? noise : 0,
            JpegQuality = int.TryParse(parts.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var quality) ? quality : null,
        };
        return options.Track == track && options.Validate().Count == 0;
    }

    /// <summary>What is wrong with the numbers, a sentence each.</summary>
    public IReadOnlyList<string> Validate() =>
    [
        .. Noise is >= 0 and <= StrongestNoise ? (string[])[] : [FormattableString.Invariant($"The noise is {Noise}, and its deviation must be 0 to {StrongestNoise} levels.")],
        .. JpegQuality is null or (>= 1 and <= 100) ? (string[])[] : [FormattableString.Invariant($"JPEG's quality is {JpegQuality}, and must be 1 to 100.")],
    ];

    private string Written(string noise, string jpeg) =>
        (Noise > 0 ? FormattableString.Invariant($"{noise}{Noise}") : "") + (JpegQuality is { } quality ? FormattableString.Invariant($"{jpeg}{quality}") : "");

    [GeneratedRegex($"^{LowResolutionFolder.BicubicTrack}(?:-noise([0-9.]+))?(?:-jpeg([0-9]+))?$")]
    private static partial Regex Name();
}
