using NetVips;
using SuperRes.Imaging.Metadata;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Writing;

/// <summary>Tells libvips what samples mean and what metadata to write with them.</summary>
internal static class VipsLabel
{
    public static Enums.BandFormat BandFormat(SampleType type) => type switch
    {
        SampleType.UInt8 => Enums.BandFormat.Uchar,
        SampleType.UInt16 => Enums.BandFormat.Ushort,
        _ => Enums.BandFormat.Float,
    };

    /// <summary>A labelled image over the same pixels; the caller disposes both.</summary>
    public static Image Apply(Image raw, ColorModel color, ImageFormat format, ImageMetadata metadata)
    {
        var isHeif = format is ImageFormat.Avif or ImageFormat.Heif;

        // Every saver that can state a resolution does, so one has to be given.
        var resolution = metadata.Resolution ?? ImageResolution.Default;
        using var interpreted = raw.Copy(
            interpretation: Interpretation(color, raw.Format),
            xres: resolution.Horizontal / ImageResolution.MillimetresPerInch,
            yres: resolution.Vertical / ImageResolution.MillimetresPerInch);
        return interpreted.Mutate(fields =>
        {
            SetBlob(fields, "icc-profile-data", metadata.IccProfile);
            SetBlob(fields, "xmp-data", metadata.Xmp);
            SetBlob(fields, "iptc-data", metadata.Iptc.IsEmpty ? [] : IptcBlock.Wrap(metadata.Iptc.Span));
            if (isHeif && !metadata.Exif.IsEmpty)
            {
                HeifExif.SetFields(fields, metadata.Exif.Span);
            }
        });
    }

    private static Enums.Interpretation Interpretation(ColorModel color, Enums.BandFormat format)
    {
        var gray = color is ColorModel.Gray or ColorModel.GrayAlpha;
        return format switch
        {
            Enums.BandFormat.Uchar => gray ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb,
            Enums.BandFormat.Ushort => gray ? Enums.Interpretation.Grey16 : Enums.Interpretation.Rgb16,
            _ => gray ? Enums.Interpretation.Bw : Enums.Interpretation.Scrgb,
        };
    }

    private static void SetBlob(MutableImage fields, string name, ReadOnlyMemory<byte> value)
    {
        if (!value.IsEmpty)
        {
            fields.Set(GValue.BlobType, name, value.ToArray());
        }
    }
}
