namespace SuperRes.Imaging.Tests.Files;

/// <summary>Writes with the library under test, into memory.</summary>
internal static class Encode
{
    public static byte[] ToBytes(LoadedImage image, ImageFormat format, out IReadOnlyList<string> notes) =>
        ToBytes(image.Pixels, image.Metadata, new ImageWriteOptions { Format = format }, out notes);

    public static byte[] ToBytes(Pixels.ImageBuffer pixels, ImageMetadata? metadata, ImageWriteOptions options, out IReadOnlyList<string> notes)
    {
        using var stream = new MemoryStream();
        notes = ImageFile.Write(stream, pixels, metadata, options);
        return stream.ToArray();
    }
}
