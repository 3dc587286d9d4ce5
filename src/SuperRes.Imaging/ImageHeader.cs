using SuperRes.Pixels;

namespace SuperRes.Imaging;

/// <summary>What a file says about itself before any pixel is decoded.</summary>
/// <param name="Format">Format, by the file's content and not its name.</param>
/// <param name="Width">Width in pixels as <see cref="ImageFile.Read(string, ImageReadLimits, CancellationToken)"/> returns it: after the EXIF orientation.</param>
/// <param name="Height">Height in pixels, likewise.</param>
/// <param name="Color">The colour model that reading gives; a GIF with alpha in its header and opaque pixels is read without it.</param>
/// <param name="SampleType">The sample type that reading gives.</param>
/// <param name="FrameCount">Frames or pages in the file; reading takes the first.</param>
public sealed record ImageHeader(ImageFormat Format, int Width, int Height, ColorModel Color, SampleType SampleType, int FrameCount)
{
    /// <summary>Quality of a JPEG file, 1 to 100 as libjpeg counts it, by what its table for luminance divides by; null for other formats.</summary>
    public int? JpegQuality { get; init; }
}
