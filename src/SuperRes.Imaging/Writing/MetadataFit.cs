using SuperRes.Imaging.Metadata;
using SuperRes.Imaging.Reading;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Writing;

/// <summary>Brings metadata in line with the image that is written and with what the format can hold.</summary>
internal static class MetadataFit
{
    // "Exif\0\0" and Adobe's namespace go first; Photoshop's block around IPTC pads the records to even.
    private const int JpegMaxExif = JpegSegment.MaxPayload - 6;
    private const int JpegMaxXmp = JpegSegment.MaxPayload - 29;
    private const int JpegMaxIptc = (JpegSegment.MaxPayload - IptcBlock.WrappingLength) & ~1;

    private static readonly Dictionary<ImageFormat, Holds> Table = new()
    {
        [ImageFormat.Png] = Holds.Exif | Holds.Xmp | Holds.Resolution,
        [ImageFormat.Jpeg] = Holds.Exif | Holds.Xmp | Holds.Iptc | Holds.Resolution,
        [ImageFormat.Webp] = Holds.Exif | Holds.Xmp,
        [ImageFormat.Tiff] = Holds.Exif | Holds.Xmp | Holds.Iptc | Holds.Resolution,
        [ImageFormat.Avif] = Holds.Exif | Holds.Xmp,
        [ImageFormat.Heif] = Holds.Exif | Holds.Xmp,
        [ImageFormat.JpegXl] = Holds.Xmp,
        [ImageFormat.Gif] = Holds.Nothing,
    };

    [Flags]
    private enum Holds
    {
        Nothing = 0,
        Exif = 1,
        Xmp = 2,
        Iptc = 4,
        Resolution = 8,
    }

    public static ImageMetadata Fit(ImageMetadata metadata, int width, int height, ColorModel color, ImageFormat format, List<string> notes)
    {
        var fitted = metadata with
        {
            // Pixels handed over are upright, whatever the metadata says.
            Exif = ExifBlock.WithSize(ExifBlock.Upright(metadata.Exif.ToArray(), pixelsWereTurned: false), width, height),
            Xmp = XmpPacket.WithSize(XmpPacket.Upright(metadata.Xmp.ToArray()), width, height),
        };
        fitted = DropUnfitProfile(fitted, color, format, notes);
        fitted = MoveResolutionIntoExif(fitted, format);
        fitted = format == ImageFormat.Png ? MoveCommentsIntoText(fitted) : fitted;
        fitted = DropWhatTheFormatLacks(fitted, format, notes);
        if (format == ImageFormat.Tiff && TiffMetadata.HomelessTags(fitted.Exif) is { Count: > 0 } tags)
        {
            notes.Add($"TIFF has no place for these tags of EXIF's first directory, which were not kept: {string.Join(", ", tags)}.");
        }

        return format == ImageFormat.Jpeg ? DropWhatJpegSegmentsCannotHold(fitted, notes) : fitted;
    }

    private static ImageMetadata DropUnfitProfile(ImageMetadata metadata, ColorModel color, ImageFormat format, List<string> notes)
    {
        if (metadata.IccProfile.IsEmpty)
        {
            return metadata;
        }

        if (!IccProfileBlock.IsWhole(metadata.IccProfile.Span))
        {
            notes.Add("The colour profile is damaged and was left out.");
            return metadata with { IccProfile = default };
        }

        var gray = color is ColorModel.Gray or ColorModel.GrayAlpha;
        var space = IccProfileBlock.Space(metadata.IccProfile.Span);
        if (space == (gray ? "GRAY" : "RGB"))
        {
            if (SrgbConversion.IsNeeded(format, gray))
            {
                notes.Add($"{ImageFormats.Name(format)} holds no {(gray ? "gray " : "")}colour profile: colours were converted to sRGB.");
            }

            return metadata;
        }

        notes.Add($"The colour profile is for '{InputFile.Printable(space)}' and the image is {(gray ? "gray" : "RGB")}: the profile was left out.");
        return metadata with { IccProfile = default };
    }

    private static ImageMetadata MoveResolutionIntoExif(ImageMetadata metadata, ImageFormat format)
    {
        var holds = Table[format];
        return metadata.Resolution is { } resolution && holds.HasFlag(Holds.Exif) && !holds.HasFlag(Holds.Resolution)
            ? metadata with { Exif = ExifBlock.WithResolution(metadata.Exif.ToArray(), resolution) }
            : metadata;
    }

    private static ImageMetadata MoveCommentsIntoText(ImageMetadata metadata) => metadata with
    {
        PngChunks = [.. metadata.PngChunks, .. metadata.Comments.Select(PngText.Comment)],
        Comments = [],
    };

    private static ImageMetadata DropWhatTheFormatLacks(ImageMetadata metadata, ImageFormat format, List<string> notes)
    {
        var lost = new List<string>();
        var holds = Table[format];
        if (Lacks(Holds.Exif, metadata.Exif, "EXIF"))
        {
            metadata = metadata with { Exif = default };
        }

        if (Lacks(Holds.Xmp, metadata.Xmp, "XMP"))
        {
            metadata = metadata with { Xmp = default };
        }

        if (Lacks(Holds.Iptc, metadata.Iptc, "IPTC"))
        {
            metadata = metadata with { Iptc = default };
        }

        if (metadata.Resolution is not null && !holds.HasFlag(Holds.Resolution) && !holds.HasFlag(Holds.Exif))
        {
            lost.Add("resolution");
        }

        if (format is not (ImageFormat.Png or ImageFormat.Jpeg) && metadata.Comments.Count > 0)
        {
            lost.Add("JPEG's comments");
        }

        if (format != ImageFormat.Png)
        {
            if (metadata.PngChunks.Any(chunk => !PngChunks.IsColor(chunk)))
            {
                lost.Add("PNG's text comments");
            }

            if (metadata.PngChunks.Where(chunk => PngChunks.IsColor(chunk) && !PngChunks.SaysOnlySrgb(chunk)).Select(chunk => chunk.Type).Distinct().ToList() is { Count: > 0 } colors)
            {
                notes.Add($"{ImageFormats.Name(format)} is written here without what the file says of its colours in {string.Join(", ", colors)}; the samples are as they were.");
            }
        }

        if (lost.Count > 0)
        {
            notes.Add($"{ImageFormats.Name(format)} holds no such metadata, so it was not kept: {string.Join(", ", lost)}.");
        }

        return metadata;

        bool Lacks(Holds kind, ReadOnlyMemory<byte> value, string name)
        {
            var lacks = !value.IsEmpty && !holds.HasFlag(kind);
            if (lacks)
            {
                lost.Add(name);
            }

            return lacks;
        }
    }

    private static ImageMetadata DropWhatJpegSegmentsCannotHold(ImageMetadata metadata, List<string> notes)
    {
        if (metadata.Exif.Length > JpegMaxExif)
        {
            notes.Add($"EXIF of {metadata.Exif.Length} bytes does not fit in JPEG ({JpegMaxExif} at most) and was not kept.");
            metadata = metadata with { Exif = default };
        }

        if (metadata.Xmp.Length > JpegMaxXmp)
        {
            notes.Add($"XMP of {metadata.Xmp.Length} bytes does not fit in JPEG ({JpegMaxXmp} at most) and was not kept.");
            metadata = metadata with { Xmp = default };
        }

        if (metadata.Iptc.Length > JpegMaxIptc)
        {
            notes.Add($"IPTC of {metadata.Iptc.Length} bytes does not fit in JPEG ({JpegMaxIptc} at most) and was not kept.");
            metadata = metadata with { Iptc = default };
        }

        return metadata;
    }
}
