using SuperRes.Pixels;

namespace SuperRes.Imaging.Data.Degrading;

/// <summary>What an image is after it was saved as JPEG.</summary>
internal static class JpegCompression
{
    /// <summary>Writes an image as JPEG in memory and reads it again.</summary>
    /// <param name="image">8-bit gray or RGB.</param>
    /// <param name="quality">1 to 100; below 90 colour has half the resolution.</param>
    public static ImageBuffer Apply(ImageBuffer image, int quality)
    {
        using var file = new MemoryStream();
        ImageFile.Write(file, image, metadata: null, ImageWriteOptions.Default with { Format = ImageFormat.Jpeg, JpegQuality = quality });
        file.Position = 0;
        return ImageFile.Read(file).Pixels;
    }
}
