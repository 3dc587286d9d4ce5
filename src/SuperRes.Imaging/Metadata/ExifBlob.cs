namespace SuperRes.Imaging.Metadata;

/// <summary>EXIF blobs as loaders give them and as <see cref="ImageMetadata.Exif"/> holds them.</summary>
internal static class ExifBlob
{
    /// <summary>Strips the "Exif" prefix that JPEG puts before the TIFF structure; empty where it is none.</summary>
    public static byte[] Normalise(byte[] blob, List<string> notes)
    {
        var start = blob.AsSpan().StartsWith("Exif\0\0"u8) ? 6 : 0;
        var body = blob[start..];
        if (body is [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..])
        {
            return body;
        }

        if (body.Length > 0)
        {
            notes.Add("The EXIF data is damaged and was left out.");
        }

        return [];
    }
}
