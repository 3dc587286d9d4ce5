using NetVips;
using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Writing;

/// <summary>
/// Hands EXIF to libvips' HEIF saver (AVIF too), which writes a block only as rebuilt from parsed fields: a one-pixel
/// PNG that carries the block is loaded, and the fields that its loader parsed are set on the image.
/// </summary>
internal static class HeifExif
{
    public static void SetFields(MutableImage fields, ReadOnlySpan<byte> exif)
    {
        using var pixel = Image.Black(1, 1);
        var png = pixel.PngsaveBuffer(keep: Enums.ForeignKeep.None);
        using var carrier = Image.PngloadBuffer(
            [.. png.AsSpan(0, PngChunks.HeaderLength), .. PngChunks.Serialise("eXIf", exif), .. png.AsSpan(PngChunks.HeaderLength)]);
        foreach (var name in carrier.GetFields().Where(name => name.StartsWith("exif-", StringComparison.Ordinal)))
        {
            fields.Set(name == "exif-data" ? GValue.BlobType : GValue.RefStrType, name, carrier.Get(name));
        }
    }
}
