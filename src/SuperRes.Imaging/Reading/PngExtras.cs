using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Reading;

/// <summary>
/// Gathers what libvips overlooks in PNG: it carries over neither colour descriptions nor comments, and sees nothing behind
/// the first IDAT chunk, where EXIF and XMP may stand too (PNG specification, third edition, 5.6).
/// </summary>
internal static class PngExtras
{
    /// <summary>Reads the file that starts where the stream stands.</summary>
    public static FileExtras Read(Stream file)
    {
        var kept = new List<PngChunk>();
        byte[]? exif = null;
        byte[]? xmp = null;
        foreach (var chunk in PngChunks.Read(file))
        {
            if (chunk.Type == "eXIf")
            {
                exif ??= chunk.Data;
            }
            else if (PngText.TryRead(chunk) is { Keyword: PngText.XmpKeyword } text)
            {
                xmp ??= text.Content;
            }
            else if (PngChunks.Travels(chunk) && !PngText.IsRawProfile(chunk))
            {
                kept.Add(chunk);
            }
        }

        return new FileExtras { Exif = exif ?? [], Xmp = xmp ?? [], PngChunks = kept };
    }
}
