using System.Runtime.InteropServices;
using NetVips;
using SuperRes.Imaging.Vips;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Reading;

/// <summary>An image file opened for reading: header read, pixels not yet decoded.</summary>
internal sealed class ImageReader : IDisposable
{
    /// <summary>Of rows that libvips hands over: an array holds no more than 2^31.</summary>
    private const int MostBytesAtOnce = 1 << 28;

    private readonly Stream _stream;
    private readonly long _start;
    private readonly string _name;
    private readonly StreamSource _source;
    private readonly Image _loaded;
    private readonly PixelPipeline _pipeline;
    private readonly FileExtras _extras;
    private readonly bool _isPremultiplied;
    private readonly Orientation _orientation;
    private Region? _rows;

    private ImageReader(Stream stream, long start, string name, ImageFormat format, StreamSource source, Image loaded, TiffQuirks quirks, FileExtras extras)
    {
        _stream = stream;
        _start = start;
        _name = name;
        _source = source;
        _loaded = loaded;
        _extras = extras;
        _pipeline = PixelPipeline.Build(loaded, quirks);
        _isPremultiplied = quirks.Extra is { IsPremultiplied: true };
        LargestStrip = quirks.LargestStrip;
        _orientation = LoadedMetadata.Orientation(loaded, extras);
        var swap = _orientation.SwapsSides();
        Header = new ImageHeader(
            format,
            swap ? loaded.Height : loaded.Width,
            swap ? loaded.Width : loaded.Height,
            _pipeline.Color,
            _pipeline.SampleType,
            LoadedMetadata.FrameCount(loaded, extras)) { JpegQuality = extras.JpegQuality };
    }

    public ImageHeader Header { get; }

    /// <summary>Opens a seekable stream, from where it stands; the stream stays the caller's.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">How messages call the file, quoted where it is a name.</param>
    /// <param name="cancellationToken">Stops reads of the stream.</param>
    public static ImageReader Open(Stream stream, string name, CancellationToken cancellationToken)
    {
        VipsRuntime.EnsureStarted();
        var start = stream.Position;
        var (format, quirks, extras) = Inspect(stream, name, cancellationToken);
        var source = new StreamSource(extras.Hidden.Count == 0 ? stream : new CutStream(stream, extras.Hidden), cancellationToken, quirks.Replacements);
        Image? loaded = null;
        try
        {
            loaded = Loaders.Load(format, source.Source, quirks.LargestStrip);
            return new ImageReader(stream, start, name, format, source, loaded, quirks, extras);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            loaded?.Dispose();
            source.Dispose();
            throw ReadFailure.Explain(error, source, name, format, cancellationToken, quirks.UnreadableSamples);
        }
    }

    /// <summary>Whether rows can be decoded as they are asked for, without ever holding the whole image.</summary>
    public bool CanReadRows =>
        _orientation is Orientation.Upright or Orientation.MirroredHorizontally && Header.Format is ImageFormat.Png or ImageFormat.Jpeg or ImageFormat.Tiff;

    /// <summary>Whether the file holds the image in passes, all of which a decoder must keep: Adam7 PNG, progressive JPEG.</summary>
    public bool IsInterlaced => _loaded.Contains("interlaced") && _loaded.Get("interlaced") is not 0;

    /// <summary>Bytes of a TIFF's largest strip, which the decoder may hold as a whole.</summary>
    public long LargestStrip { get; }

    /// <summary>Refuses an image with too many pixels.</summary>
    public void CheckLimits(ImageReadLimits limits)
    {
        var pixels = (long)Header.Width * Header.Height;
        if (pixels > limits.MaxPixels)
        {
            throw new ImageFileException(
                $"{_name} is {Header.Width}x{Header.Height}, {pixels} pixels; the limit is {limits.MaxPixels} ({nameof(ImageReadLimits)} in code). Cut it into parts, or leave it out.");
        }
    }

    /// <summary>Decodes everything.</summary>
    public ImageBuffer ReadPixels(CancellationToken cancellationToken) => Allocating(Header.Height, cancellationToken, () => Decode(cancellationToken));

    /// <summary>Decodes rows <paramref name="top"/> to <paramref name="top"/> + <paramref name="count"/>; only in order, and only where <see cref="CanReadRows"/>.</summary>
    public ImageBuffer ReadRows(int top, int count, CancellationToken cancellationToken) => Allocating(count, cancellationToken, () =>
    {
        _rows ??= Region.New(_pipeline.Result);
        var buffer = new ImageBuffer(Header.Width, count, Header.Color, Header.SampleType);
        var rowBytes = buffer.RowBytes(0).Length;
        var most = Math.Max(1, MostBytesAtOnce / rowBytes);
        for (var row = 0; row < count; row += most)
        {
            var rows = Math.Min(most, count - row);
            var fetched = _rows.Fetch(0, top + row, Header.Width, rows).AsSpan();
            for (var y = 0; y < rows; y++)
            {
                fetched.Slice(y * rowBytes, rowBytes).CopyTo(buffer.RowBytes(row + y));
            }
        }

        return buffer;
    });

    /// <summary>What travels, and what is lost; the stream comes back to where it was.</summary>
    public (ImageMetadata Metadata, IReadOnlyList<string> Notes) ReadMetadata() => Guard(CancellationToken.None, () =>
    {
        List<string> notes = [.. _pipeline.Notes];
        if (Header.FrameCount > 1)
        {
            notes.Add($"Of {Header.FrameCount} frames or pages only the first was kept.");
        }

        var position = _stream.Position;
        _stream.Position = _start;
        var metadata = LoadedMetadata.Collect(_loaded, _pipeline, _extras, Header.Format, _orientation, _stream, notes);
        _stream.Position = position;
        return (metadata, (IReadOnlyList<string>)notes);
    });

    public void Dispose()
    {
        _rows?.Dispose();
        _pipeline.Dispose();
        _loaded.Dispose();
        _source.Dispose();
    }

    private static (ImageFormat Format, TiffQuirks Quirks, FileExtras Extras) Inspect(Stream stream, string name, CancellationToken cancellationToken)
    {
        try
        {
            var format = FormatDetection.Detect(stream, name);
            if (format == ImageFormat.Tiff && CameraRaw.IsPresent(stream))
            {
                throw CameraRaw.Refusal(name);
            }

            return (format, format == ImageFormat.Tiff ? TiffQuirks.Find(stream) : TiffQuirks.None, FileExtras.Read(stream, format, cancellationToken));
        }
        catch (IOException error) when (error is not ImageFileException)
        {
            throw InputFile.CannotRead(name, error);
        }
    }

    /// <summary>Reads some rows, and says so where they are more than there is room for.</summary>
    private ImageBuffer Allocating(int rows, CancellationToken cancellationToken, Func<ImageBuffer> read)
    {
        if ((long)Header.Width * rows * (int)Header.Color > Array.MaxLength)
        {
            throw new ImageFileException(
                $"{_name} is {Header.Width}x{Header.Height} {Header.Color}, more samples than one buffer holds ({Array.MaxLength}). Cut it into parts.");
        }

        try
        {
            return Guard(cancellationToken, () => _orientation.Apply(Finish(read())));
        }
        catch (OutOfMemoryException error)
        {
            throw new ImageFileException($"{_name} is {Header.Width}x{Header.Height}, too large for the memory there is. Free some, or cut the image into parts.", error);
        }
    }

    private T Guard<T>(CancellationToken cancellationToken, Func<T> read)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return read();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw ReadFailure.Explain(error, _source, _name, Header.Format, cancellationToken);
        }
    }

    private unsafe ImageBuffer Decode(CancellationToken cancellationToken)
    {
        var image = _pipeline.Result;
        var buffer = new ImageBuffer(image.Width, image.Height, _pipeline.Color, _pipeline.SampleType);
        using var stop = cancellationToken.Register(() => image.SetKill(true));
        fixed (byte* samples = &MemoryMarshal.GetReference(buffer.RowBytes(0)))
        {
            var length = (ulong)buffer.Height * (ulong)buffer.RowBytes(0).Length;
            using var target = Image.NewFromMemory((nint)samples, length, image.Width, image.Height, image.Bands, image.Format);
            image.Write(target);
        }

        return buffer;
    }

    private ImageBuffer Finish(ImageBuffer pixels)
    {
        if (_isPremultiplied && pixels.HasAlpha)
        {
            AlphaDivision.Apply(pixels);
        }

        if (Header.Format is ImageFormat.Avif or ImageFormat.Heif && pixels.SampleType == SampleType.UInt16)
        {
            DepthExpansion.Apply(pixels, LoadedMetadata.BitsPerSample(_loaded));
        }

        // A GIF whose palette reserves a transparent entry is given alpha by its loader whether or not a pixel uses it.
        return Header.Format == ImageFormat.Gif ? OpaqueAlpha.TryDrop(pixels) ?? pixels : pixels;
    }
}
