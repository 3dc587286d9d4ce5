using System.Runtime.InteropServices;
using NetVips;
using SuperRes.Imaging.Vips;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Writing;

/// <summary>Encodes one image into a stream.</summary>
internal sealed class ImageWriter
{
    public ImageWriter(ImageWriteOptions options, string? path)
    {
        if (options.Validate() is [var fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        VipsRuntime.EnsureStarted();
        Options = options;
        Format = options.Format ?? FormatOf(path);
        if (!ImageFormats.Writable.Contains(Format))
        {
            throw new ImageFileException(
                $"{ImageFormats.Name(Format)} can't be written by the libvips in use. Choose one of these: {ImageFormats.List(ImageFormats.Writable)}.");
        }
    }

    public ImageWriteOptions Options { get; }

    public ImageFormat Format { get; }

    public IReadOnlyList<string> Write(Stream stream, ImageBuffer image, ImageMetadata metadata, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var notes = new List<string>();
        var fitted = FormatFit.Fit(image, Format, notes);
        using var target = new StreamTarget(stream, cancellationToken);
        try
        {
            Encode(fitted, metadata, target.Target);
            stream.Flush();
        }
        catch (Exception error) when (error is VipsException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var cause = target.Failure ?? error;
            throw new ImageFileException(
                $"{name} can't be written as {ImageFormats.Name(Format)}: {VipsErrors.OneLine(cause)}. " +
                "Check the free space, or choose another format.",
                cause);
        }

        return notes;
    }

    private static ImageFormat FormatOf(string? path) => path is null
        ? throw new ArgumentException("A stream has no extension: set ImageWriteOptions.Format.", nameof(path))
        : ImageFormats.FromPath(path) ?? throw new ImageFileException(
            $"'{path}' does not say which format to write: its extension is '{Path.GetExtension(path)}'. " +
            $"Use the extension of one of these, or name the format: {ImageFormats.List(ImageFormats.Writable)}.");

    private unsafe void Encode(ImageBuffer image, ImageMetadata metadata, Target target)
    {
        var bytes = image.Bytes();
        fixed (byte* samples = &MemoryMarshal.GetReference(bytes))
        {
            using var raw = Image.NewFromMemory((nint)samples, (ulong)bytes.Length, image.Width, image.Height, image.Channels, BandFormat(image.SampleType));
            using var labelled = Label(raw, image, metadata);
            Savers.Save(Format, labelled, target, Options);
        }
    }

    private static Image Label(Image raw, ImageBuffer image, ImageMetadata metadata)
    {
        var gray = image.Color is ColorModel.Gray or ColorModel.GrayAlpha;
        var interpretation = image.SampleType switch
        {
            SampleType.UInt8 => gray ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb,
            SampleType.UInt16 => gray ? Enums.Interpretation.Grey16 : Enums.Interpretation.Rgb16,
            _ => gray ? Enums.Interpretation.Bw : Enums.Interpretation.Scrgb,
        };
        var resolution = metadata.Resolution;
        using var labelled = raw.Copy(
            interpretation: interpretation,
            xres: resolution?.Horizontal / ImageResolution.MillimetresPerInch,
            yres: resolution?.Vertical / ImageResolution.MillimetresPerInch);
        return labelled.Mutate(fields =>
        {
            SetBlob(fields, "icc-profile-data", metadata.IccProfile);
            SetBlob(fields, "xmp-data", metadata.Xmp);
            SetBlob(fields, "iptc-data", metadata.Iptc);
        });
    }

    private static void SetBlob(MutableImage fields, string name, ReadOnlyMemory<byte> value)
    {
        if (!value.IsEmpty)
        {
            fields.Set(GValue.BlobType, name, value.ToArray());
        }
    }

    private static Enums.BandFormat BandFormat(SampleType type) => type switch
    {
        SampleType.UInt8 => Enums.BandFormat.Uchar,
        SampleType.UInt16 => Enums.BandFormat.Ushort,
        _ => Enums.BandFormat.Float,
    };
}
