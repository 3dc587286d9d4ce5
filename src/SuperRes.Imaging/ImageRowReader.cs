using SuperRes.Imaging.Reading;
using SuperRes.Pixels;

namespace SuperRes.Imaging;

/// <summary>
/// Reads an image file row by row, from the top, for images that do not fit in memory. PNG, JPEG and TIFF that are
/// stored upright need memory for the rows asked for; other formats, files that EXIF turns, and interlaced or progressive
/// ones are decoded whole at the first row. Use from one thread at a time.
/// </summary>
public sealed class ImageRowReader : IImageRowSource, IDisposable
{
    private readonly Stream? _stream;
    private readonly ImageReader _reader;
    private readonly CancellationToken _cancellationToken;
    private ImageBuffer? _whole;
    private bool _disposed;

    private ImageRowReader(Stream? stream, ImageReader reader, CancellationToken cancellationToken)
    {
        _stream = stream;
        _reader = reader;
        _cancellationToken = cancellationToken;
        (Metadata, Notes) = reader.ReadMetadata();
    }

    /// <summary>What the file says before any pixel is decoded, as <see cref="ImageFile.ReadHeader"/> gives it.</summary>
    public ImageHeader FileHeader => _reader.Header;

    /// <summary>
    /// Size, format, colour model and sample type of the rows. Whether a GIF needs its alpha shows in its pixels only, so
    /// that asking for it decodes them; <see cref="FileHeader"/> never does.
    /// </summary>
    /// <exception cref="ImageFileException">The file is a damaged GIF.</exception>
    public ImageHeader Header => FileHeader.Format == ImageFormat.Gif ? FileHeader with { Color = Whole.Color } : FileHeader;

    /// <summary>What belongs in the output file too.</summary>
    public ImageMetadata Metadata { get; }

    /// <summary>One sentence for each thing that could not be kept as it was; often empty.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Whether rows are decoded as they are asked for, without ever holding the whole image.</summary>
    public bool IsStreaming => _reader.CanReadRows && !_reader.IsInterlaced;

    int IImageRowSource.Width => FileHeader.Width;

    int IImageRowSource.Height => FileHeader.Height;

    ColorModel IImageRowSource.Color => Header.Color;

    SampleType IImageRowSource.SampleType => FileHeader.SampleType;

    /// <summary>Index of the row that comes next; the image's height when all have been read.</summary>
    public int NextRow { get; private set; }

    private ImageBuffer Whole => _whole ??= _reader.ReadPixels(_cancellationToken);

    /// <summary>Opens a file.</summary>
    /// <inheritdoc cref="ImageFile.Read(string, ImageReadLimits, CancellationToken)" path="/exception"/>
    public static ImageRowReader Open(string path, ImageReadLimits? limits = null, CancellationToken cancellationToken = default)
    {
        var stream = InputFile.Open(path, cancellationToken);
        ImageReader? reader = null;
        try
        {
            reader = ImageReader.Open(stream, InputFile.Quote(path), cancellationToken);
            reader.CheckLimits(limits ?? ImageReadLimits.Default);
            return new ImageRowReader(stream, reader, cancellationToken);
        }
        catch
        {
            reader?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads an image from where a stream stands; one that can't seek is taken into memory first. The stream stays the caller's, and open for as long as the reader.</summary>
    /// <inheritdoc cref="ImageFile.Read(string, ImageReadLimits, CancellationToken)" path="/exception"/>
    public static ImageRowReader Open(Stream stream, ImageReadLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var copy = InputFile.MakeSeekable(stream, cancellationToken);
        ImageReader? reader = null;
        try
        {
            reader = ImageReader.Open(copy ?? stream, InputFile.StreamName, cancellationToken);
            reader.CheckLimits(limits ?? ImageReadLimits.Default);
            return new ImageRowReader(copy, reader, cancellationToken);
        }
        catch
        {
            reader?.Dispose();
            copy?.Dispose();
            throw;
        }
    }

    /// <summary>About how many bytes the reader holds beside the rows asked for: the decoder's lines and strip in work, or all of an image that is decoded whole.</summary>
    public long EstimateMemory()
    {
        var rowBytes = (long)FileHeader.Width * (int)FileHeader.Color * ImageBuffer.BytesPerSample(FileHeader.SampleType);
        return ImageCodecs.MemoryOfReading(rowBytes) + _reader.LargestStrip + (IsStreaming ? 0 : 2 * rowBytes * FileHeader.Height);
    }

    /// <summary>Reads the next rows, fewer where the image ends; null when there are no more.</summary>
    /// <exception cref="ImageFileException">The file is damaged there.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public ImageBuffer? Read(int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRows);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var count = Math.Min(maxRows, FileHeader.Height - NextRow);
        if (count == 0)
        {
            return null;
        }

        var rows = _reader.CanReadRows
            ? _reader.ReadRows(NextRow, count, _cancellationToken)
            : Whole.Crop(0, NextRow, FileHeader.Width, count);
        NextRow += count;
        return rows;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _disposed = true;
        _reader.Dispose();
        _stream?.Dispose();
    }
}
