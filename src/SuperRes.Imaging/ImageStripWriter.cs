using NetVips;
using SuperRes.Imaging.Reading;
using SuperRes.Imaging.Vips;
using SuperRes.Imaging.Writing;
using SuperRes.Pixels;

namespace SuperRes.Imaging;

/// <summary>
/// Writes an image file row by row, from the top, for results that do not fit in memory: rows are encoded on a thread
/// of their own as they come. PNG, JPEG and TIFF then need memory for a few rows only; WebP, AVIF and GIF encoders
/// collect the whole image. The file appears under its name when <see cref="Complete"/> returns; disposing without it
/// leaves nothing behind. Use from one thread at a time.
/// </summary>
public sealed class ImageStripWriter : IImageRowSink, IDisposable
{
    private readonly int _width;
    private readonly int _height;
    private readonly ColorModel _color;
    private readonly SampleType _sampleType;
    private readonly ImageFormat _format;
    private readonly CancellationToken _cancellationToken;
    private readonly List<string> _notes;
    private readonly IOutput _output;
    private readonly RowPipe _pipe;
    private readonly Task _encoding;
    private int _rowsWritten;
    private bool _completed;
    private bool _disposed;

    private ImageStripWriter(ImageWriter writer, IOutput output, string name, ImageBuffer firstPixel, int width, int height, ImageMetadata metadata, CancellationToken cancellationToken)
    {
        (_width, _height, _color, _sampleType) = (width, height, firstPixel.Color, firstPixel.SampleType);
        _format = writer.Format;
        _output = output;
        _cancellationToken = cancellationToken;
        _notes = [];
        var fitted = FormatFit.Fit(firstPixel, _format, _notes);
        var kept = MetadataFit.Fit(metadata, width, height, _color, _format, _notes);
        _pipe = new RowPipe(width, height, fitted.Channels, ImageBuffer.BytesPerSample(fitted.SampleType));
        _encoding = Task.Factory.StartNew(
            () => Encode(writer, fitted.Color, kept, name),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>Starts a file of a given size.</summary>
    /// <param name="path">The file to make; its extension names the format unless the options do.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="color">Colour model of the rows that will come.</param>
    /// <param name="sampleType">Sample type of the rows that will come.</param>
    /// <param name="metadata">What goes along.</param>
    /// <param name="options">Format, quality and compression.</param>
    /// <param name="cancellationToken">Stops everything, leaving nothing behind.</param>
    /// <exception cref="ImageFileException">The file can't be written there, or the format can't hold such an image.</exception>
    public static ImageStripWriter Create(string path, int width, int height, ColorModel color, SampleType sampleType, ImageMetadata? metadata = null, ImageWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var writer = new ImageWriter(options ?? ImageWriteOptions.Default, path);
        return Create(
            writer, () => OutputFile.Open(path, writer.Options.Overwrite), InputFile.Quote(path), width, height, color, sampleType, metadata, cancellationToken);
    }

    /// <summary>Starts an image of a given size whose bytes go to a stream when all have been made; the stream stays the caller's and need not be able to seek.</summary>
    /// <param name="stream">Gets the file's bytes from <see cref="Complete"/>.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="color">Colour model of the rows that will come.</param>
    /// <param name="sampleType">Sample type of the rows that will come.</param>
    /// <param name="metadata">What goes along; null for nothing.</param>
    /// <param name="options">Must name the format.</param>
    /// <param name="cancellationToken">Stops everything before anything is written.</param>
    /// <exception cref="ImageFileException">The format can't hold such an image.</exception>
    public static ImageStripWriter Create(Stream stream, int width, int height, ColorModel color, SampleType sampleType, ImageMetadata? metadata, ImageWriteOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        var writer = new ImageWriter(options, path: null);
        return Create(writer, () => new StreamOutput(stream, ownsTarget: false), "The output", width, height, color, sampleType, metadata, cancellationToken);
    }

    /// <summary>About how many bytes a writer holds beside the rows it is given: the encoder's lines in work, and what it collects.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="color">Colour model of the rows.</param>
    /// <param name="sampleType">Sample type of the rows.</param>
    /// <param name="options">Must name the format.</param>
    /// <exception cref="ArgumentException">The options name no format.</exception>
    public static long EstimateMemory(int width, int height, ColorModel color, SampleType sampleType, ImageWriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var format = options.Format ?? throw new ArgumentException("The options must name the format.", nameof(options));
        var (channels, sampleBytes) = ((int)color, ImageBuffer.BytesPerSample(sampleType));
        return ImageCodecs.MemoryOfWriting((long)width * channels * sampleBytes) + Savers.BytesHeld(format, width, height, channels, sampleBytes, options);
    }

    /// <summary>Adds the next rows. Waits while the encoder is behind.</summary>
    /// <exception cref="ArgumentException">The rows differ in width, colour model or sample type, or are more than are left.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    /// <exception cref="ImageFileException">The file can't be written, as on a full disk.</exception>
    public void Write(ImageBuffer rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (rows.Width != _width || rows.Color != _color || rows.SampleType != _sampleType || rows.Height > _height - _rowsWritten)
        {
            throw new ArgumentException(
                $"Expected at most {_height - _rowsWritten} rows of {_width} {_color} {_sampleType} pixels, got {rows.Height} of {rows.Width} {rows.Color} {rows.SampleType}.",
                nameof(rows));
        }

        try
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var notes = new List<string>();
            Push(FormatFit.Fit(rows, _format, notes));
            _notes.AddRange(notes.Except(_notes)); // what only the samples themselves tell
            _rowsWritten += rows.Height;
        }
        catch (IOException)
        {
            // The encoder has stopped reading; why is its to say.
            _encoding.GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>Finishes the file.</summary>
    /// <returns>One sentence for each thing that the format could not hold; often empty.</returns>
    /// <exception cref="InvalidOperationException">Rows are missing, or the file is finished already.</exception>
    /// <exception cref="ObjectDisposedException">The writer was disposed.</exception>
    /// <exception cref="ImageFileException">The file can't be written, as on a full disk.</exception>
    public IReadOnlyList<string> Complete()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_completed)
        {
            throw new InvalidOperationException("The file is finished already. Call Complete once.");
        }

        if (_rowsWritten != _height)
        {
            throw new InvalidOperationException($"{_rowsWritten} of {_height} rows were written. Write the rest first.");
        }

        _pipe.CloseInput();
        _encoding.GetAwaiter().GetResult();
        _output.Commit();
        _completed = true;
        return _notes;
    }

    /// <summary>Stops the encoder and, unless <see cref="Complete"/> was called, deletes what there is of the file.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _pipe.CloseInput();
        try
        {
            _encoding.GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is ImageFileException or OperationCanceledException)
        {
            // Expected of an encoder that was cut short; a real failure was thrown by Write or Complete.
        }
        finally
        {
            _pipe.Dispose();
            _output.Dispose();
        }
    }

    /// <summary>All rows at once, so that the encoder works while the next are made; one by one where they are more bytes than a span holds.</summary>
    private void Push(ImageBuffer rows)
    {
        if ((long)rows.Height * rows.RowBytes(0).Length <= Array.MaxLength)
        {
            _pipe.Write(rows.Bytes());
            return;
        }

        for (var y = 0; y < rows.Height; y++)
        {
            _pipe.Write(rows.RowBytes(y));
        }
    }

    private static ImageStripWriter Create(ImageWriter writer, Func<IOutput> open, string name, int width, int height, ColorModel color, SampleType sampleType, ImageMetadata? metadata, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        FormatFit.CheckSize(width, height, writer.Format, name);
        var output = open();
        try
        {
            return new ImageStripWriter(writer, output, name, new ImageBuffer(1, 1, color, sampleType), width, height, metadata ?? ImageMetadata.None, cancellationToken);
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    private void Encode(ImageWriter writer, ColorModel color, ImageMetadata metadata, string name)
    {
        using var source = new StreamSource(_pipe, _cancellationToken);
        try
        {
            writer.Encode(_output.Stream, metadata, name, _cancellationToken, () =>
            {
                using var rows = Image.TiffloadSource(source.Source, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
                return VipsLabel.Apply(rows, color, writer.Format, metadata);
            });
        }
        finally
        {
            _pipe.CloseOutput();
        }
    }
}
