namespace SuperRes.Imaging.Reading;

/// <summary>The channels of a TIFF behind those of colour, which may be alpha, infrared, a mask or anything else (TIFF 6.0, ExtraSamples).</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Alpha">Which of them is alpha, from 0; null where none is.</param>
/// <param name="IsPremultiplied">Whether colours have been multiplied by that alpha.</param>
/// <param name="IsAssumed">Whether the file leaves open that it is alpha.</param>
internal sealed record ExtraChannels(int Count, int? Alpha, bool IsPremultiplied, bool IsAssumed)
{
    /// <summary>ExtraSamples' value for alpha that colours are multiplied by.</summary>
    public const int AssociatedAlpha = 1;

    /// <summary>ExtraSamples' value for straight alpha.</summary>
    public const int UnassociatedAlpha = 2;

    private const int Rgb = 2;

    /// <summary>Tells the extra channels of an image.</summary>
    /// <param name="channels">All channels, as SamplesPerPixel says.</param>
    /// <param name="photometric">PhotometricInterpretation.</param>
    /// <param name="kinds">ExtraSamples, in the order of the channels; null where the file has none.</param>
    public static ExtraChannels Of(int channels, int photometric, IReadOnlyList<int>? kinds)
    {
        var count = Math.Max(0, channels - ColorChannels(channels, photometric));
        if (kinds is null)
        {
            // Many programs write RGBA without saying so, and libtiff's own viewer interface, Pillow and ImageMagick all take
            // exactly four channels of RGB for it; where there is infrared, its programs write that it is unspecified.
            var isRgba = photometric == Rgb && channels == 4;
            return new ExtraChannels(count, isRgba ? 0 : null, IsPremultiplied: false, IsAssumed: isRgba);
        }

        for (var i = 0; i < Math.Min(count, kinds.Count); i++)
        {
            if (kinds[i] is AssociatedAlpha or UnassociatedAlpha)
            {
                return new ExtraChannels(count, i, kinds[i] == AssociatedAlpha, IsAssumed: false);
            }
        }

        return new ExtraChannels(count, Alpha: null, IsPremultiplied: false, IsAssumed: false);
    }

    // White or black is zero, palette and mask; inks; LogL; the others (RGB, YCbCr, the kinds of L*a*b*, LogLuv) have three.
    private static int ColorChannels(int channels, int photometric) => photometric switch
    {
        0 or 1 or 3 or 4 or 32844 => 1,
        5 => Math.Min(4, channels),
        _ => channels < 3 ? 1 : 3,
    };
}
