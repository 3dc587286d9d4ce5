using System.Runtime.InteropServices;
using NetVips;
using SuperRes.Imaging.Vips;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Reading;

/// <summary>An image file opened for reading: header checked, pixels not yet decoded.</summary>
internal sealed class ImageReader : IDisposable
{
    private readonly string _name;
    private readonly StreamSource _source;
    private readonly Image _loaded;
    private readonly PixelPipeline _pipeline;

    private ImageReader(string name, ImageFormat format, StreamSource source, Image loaded, PixelPipeline pipeline)
    {
        _name = name;
        _source = source;
        _loaded = loaded;
        _pipeline = pipeline;
        Format = format;
        Orientation = LoadedMetadata.Orientation(loaded);
        FrameCount = LoadedMetadata.FrameCount(loaded);
    }

    public ImageFormat Format { get; }

    public Orientation Orientation { get; }

    public int FrameCount { get; }

    public ImageHeader Header
    {
        get
        {
            var swap = Orientation.SwapsSides();
            return new ImageHeader(
                Format,
                swap ? _loaded.Height : _loaded.Width,
                swap ? _loaded.Width : _loaded.Height,
                _pipeline.Color,
                _pipeline.SampleType,
                FrameCount);
        }
    }

    /// <summary>Opens a seekable stream, from where it stands; the stream stays the caller's.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">How messages call the file, quoted where it is a name.</param>
    /// <param name="cancellationToken">Stops reads of the stream.</param>
    public static ImageReader Open(Stream stream, string name, CancellationToken cancellationToken)
    {
        VipsRuntime.EnsureStarted();
        var format = Detect(stream, name);
        var source = new StreamSource(stream, cancellationToken);
        Image? loaded = null;
        try
        {
            loaded = Loaders.Load(format, source.Source);
            return new ImageReader(name, format, source, loaded, PixelPipeline.Build(loaded));
        }
        catch (Exception error)
        {
            loaded?.Dispose();
            source.Dispose();
            throw Explain(error, source, name, format, cancellationToken);
        }
    }

    /// <summary>Decodes everything.</summary>
    public LoadedImage Read(ImageReadLimits limits, CancellationToken cancellationToken)
    {
        CheckSize(limits);
        try
        {
            var pixels = Decode(cancellationToken);
            List<string> notes = [.. _pipeline.Notes];
            if (FrameCount > 1)
            {
                notes.Add($"Of {FrameCount} frames or pages only the first was kept.");
            }

            var metadata = LoadedMetadata.Collect(_loaded, _pipeline, notes);
            return new LoadedImage(Orientation.Apply(pixels), metadata, Format, notes);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw Explain(error, _source, _name, Format, cancellationToken);
        }
    }

    public void Dispose()
    {
        _pipeline.Dispose();
        _loaded.Dispose();
        _source.Dispose();
    }

    private static ImageFormat Detect(Stream stream, string name)
    {
        Span<byte> head = stackalloc byte[FormatSignature.Length];
        var start = stream.Position;
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        stream.Position = start;
        if (FormatSignature.Detect(head) is not { } format)
        {
            throw new ImageFileException(
                $"{name} is not an image that can be read: it is {FormatSignature.Describe(head)}. " +
                $"Give one of these: {ImageFormats.List(ImageFormats.Readable)}.");
        }

        return ImageFormats.Readable.Contains(format)
            ? format
            : throw new ImageFileException(
                $"{name} is {ImageFormats.Name(format)}, which the libvips in use can't read. " +
                $"Convert it to one of these: {ImageFormats.List(ImageFormats.Readable)}.");
    }

    private static Exception Explain(Exception error, StreamSource source, string name, ImageFormat format, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new OperationCanceledException(cancellationToken);
        }

        if (error is ImageFileException known)
        {
            return known;
        }

        var reason = source.Failure?.Message ?? VipsErrors.OneLine(error);
        return new ImageFileException(
            $"{name} can't be decoded as {ImageFormats.Name(format)}: {reason}. The file is damaged, incomplete or unusual; make or fetch it again.",
            source.Failure ?? error);
    }

    private void CheckSize(ImageReadLimits limits)
    {
        var pixels = (long)_loaded.Width * _loaded.Height;
        if (pixels > limits.MaxPixels)
        {
            throw new ImageFileException(
                $"{_name} is {_loaded.Width}x{_loaded.Height}, {pixels} pixels; the limit is {limits.MaxPixels}. " +
                "If the file is to be trusted, raise the limit; otherwise leave it out.");
        }

        if (pixels * (int)_pipeline.Color > Array.MaxLength)
        {
            throw new ImageFileException(
                $"{_name} is {_loaded.Width}x{_loaded.Height} {_pipeline.Color}, more samples than one buffer holds ({Array.MaxLength}). Read it in rows, or cut it up.");
        }
    }

    private ImageBuffer Decode(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var buffer = new ImageBuffer(_loaded.Width, _loaded.Height, _pipeline.Color, _pipeline.SampleType);
        var image = _pipeline.Result;
        unsafe
        {
            fixed (byte* samples = &MemoryMarshal.GetReference(buffer.Bytes()))
            {
                using var target = Image.NewFromMemory((nint)samples, (ulong)buffer.Bytes().Length, image.Width, image.Height, image.Bands, image.Format);
                image.Write(target);
            }
        }

        return buffer;
    }
}
