namespace SuperRes.Pixels;

/// <summary>What the channels of an image mean. The value is the number of channels.</summary>
public enum ColorModel
{
    /// <summary>One channel.</summary>
    Gray = 1,

    /// <summary>Gray, then straight (not premultiplied) alpha.</summary>
    GrayAlpha = 2,

    /// <summary>Red, green, blue, in whatever RGB space the image's profile names.</summary>
    Rgb = 3,

    /// <summary>Red, green, blue, then straight (not premultiplied) alpha.</summary>
    Rgba = 4,
}
