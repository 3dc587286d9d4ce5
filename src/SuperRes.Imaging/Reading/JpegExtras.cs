using SuperRes.Imaging.Metadata;

namespace SuperRes.Imaging.Reading;

/// <summary>Gathers what libvips does not pass on of JPEG: comments, and marks of what is lost.</summary>
internal static class JpegExtras
{
    /// <summary>Reads the file that starts where the stream stands.</summary>
    public static FileExtras Read(Stream file)
    {
        var segments = JpegSegment.ReadAll(file);
        var notes = new List<string>();
        if (segments.Any(MarksGainMap))
        {
            notes.Add("The HDR gain map was not kept: the picture is the one for standard displays.");
        }

        // What of a packet does not fit in its 64 KB segment goes into others (XMP specification part 3, 1.1.3.1).
        if (segments.Any(s => s.Marker == JpegSegment.Application1 && s.Payload.AsSpan().StartsWith("http://ns.adobe.com/xmp/extension/\0"u8)))
        {
            notes.Add("The extended part of the XMP metadata, which goes beyond one segment, was not kept.");
        }

        return new FileExtras
        {
            JpegQuality = JpegQuality.Estimate(segments),
            Comments = [.. segments.Where(s => s.Marker == JpegSegment.Comment && s.Payload.Length > 0).Select(s => s.Payload)],
            HasIccProfile = segments.Any(s => s.Marker == JpegSegment.Application2 && s.Payload.AsSpan().StartsWith("ICC_PROFILE\0"u8)),
            Notes = notes,
        };
    }

    /// <summary>
    /// Whether a segment says that an HDR gain map follows: a second picture that brightens the first on displays that can.
    /// ISO 21496-1 has a segment for it, Adobe a property in XMP.
    /// </summary>
    private static bool MarksGainMap(JpegSegment segment) =>
        segment.Payload.AsSpan().StartsWith("urn:iso:std:iso:ts:21496:-1\0"u8) || segment.Payload.AsSpan().IndexOf("hdrgm:Version"u8) >= 0;
}
