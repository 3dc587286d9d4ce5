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
        if (!ImageFormats.IsWritable(Format))
        {
            throw new ImageFileException(
                $"{ImageFormats.Name(Format)} can't be written by the libvips in use. Choose one of these: {ImageFormats.List(ImageFormats.Writable)}.");
        }
    }

    public ImageWriteOptions Options { get; }

    public ImageFormat Format { get; }

    /// <summary>Encodes into a seekable, readable stream that is empty so far.</summary>
    public unsafe IReadOnlyList<string> Write(Stream file, ImageBuffer image, ImageMetadata metadata, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var notes = new List<string>();
        FormatFit.CheckSize(image.Width, image.Height, Format, name);
        var fitted = FormatFit.Fit(image, Format, notes);
        var kept = MetadataFit.Fit(metadata, image.Width, image.Height, image.Color, Format, notes);
        fixed (byte* samples = &MemoryMarshal.GetReference(fitted.RowBytes(0)))
        {
            var address = (nint)samples;
            var length = (ulong)fitted.Height * (ulong)fitted.RowBytes(0).Length;
            Encode(file, kept, name, cancellationToken, () =>
            {
                using var raw = Image.NewFromMemory(address, length, fitted.Width, fitted.Height, fitted.Channels, VipsLabel.BandFormat(fitted.SampleType));
                return VipsLabel.Apply(raw, fitted.Color, Format, kept);
            });
        }

        return notes;
    }

    /// <summary>Encodes what libvips is to write; pixels and metadata are fitted to the format already.</summary>
    public void Encode(Stream file, ImageMetadata metadata, string name, CancellationToken cancellationToken, Func<Image> open)
    {
        var options = Options with { WebpLossless = Options.WebpLossless ?? metadata.IsLosslessWebp };
        using var target = new StreamTarget(MetadataEmbedding.Wrap(file, Format, metadata), cancellationToken);
        try
        {
            using var image = open();
            using var stop = cancellationToken.Register(() => image.SetKill(true));
            if (!metadata.IccProfile.IsEmpty && SrgbConversion.IsNeeded(Format, isGray: image.Bands <= 2))
            {
                using var converted = SrgbConversion.Apply(image, Format);
                Savers.Save(Format, converted, target.Target, options);
            }
            else
            {
                Savers.Save(Format, image, target.Target, options);
            }

            target.ThrowIfFailed();
            MetadataEmbedding.Finish(file, Format, metadata);
            file.Flush();
        }
        catch (Exception error) when (error is VipsException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(target.Failure ?? error, name);
        }
    }

    private static ImageFormat FormatOf(string? path) => path is null
        ? throw new ArgumentException("A stream has no extension: set ImageWriteOptions.Format.", nameof(path))
        : ImageFormats.FromPath(path) ?? throw new ImageFileException(
            $"'{path}' does not say which format to write: its extension is '{Path.GetExtension(path)}'. " +
            $"Use the extension of one of these, or name the format: {ImageFormats.List(ImageFormats.Writable)}.");

    private ImageFileException Explain(Exception cause, string name) => new(
        $"{name} can't be written as {ImageFormats.Name(Format)}: {ImageFormats.Explain(Format, cause, "the encoder failed")}. " +
        (cause is IOException ? "Check the free space and the connection." : "Choose another format."),
        cause);
}
