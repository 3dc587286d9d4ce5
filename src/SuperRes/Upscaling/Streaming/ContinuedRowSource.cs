using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>An image continued beyond its edges by the pixels there.</summary>
/// <param name="source">The image.</param>
/// <param name="columns">Columns added at the left, and as many at the right.</param>
/// <param name="rows">Rows added above, and as many below.</param>
internal sealed class ContinuedRowSource(IImageRowSource source, int columns, int rows) : IImageRowSource
{
    private readonly int _pixelBytes = (int)source.Color * ImageBuffer.BytesPerSample(source.SampleType);
    private ImageBuffer? _edge;
    private int _next;

    public int Width => source.Width + (2 * columns);

    public int Height => source.Height + (2 * rows);

    public ColorModel Color => source.Color;

    public SampleType SampleType => source.SampleType;

    public ImageBuffer? Read(int maxRows)
    {
        if (_next == Height)
        {
            return null;
        }

        var result = new ImageBuffer(Width, Math.Min(maxRows, Height - _next), Color, SampleType);
        var rowBytes = Width * _pixelBytes;
        for (var y = 0; y < result.Height; y++, _next++)
        {
            if (_edge is null || (_next > rows && _next < rows + source.Height))
            {
                _edge = source.Read(1)!;
            }

            Continue(_edge.Bytes(), result.Bytes().Slice(y * rowBytes, rowBytes));
        }

        return result;
    }

    private void Continue(ReadOnlySpan<byte> row, Span<byte> target)
    {
        row.CopyTo(target[(columns * _pixelBytes)..]);
        for (var x = 0; x < columns; x++)
        {
            row[.._pixelBytes].CopyTo(target[(x * _pixelBytes)..]);
            row[^_pixelBytes..].CopyTo(target[^((x + 1) * _pixelBytes)..]);
        }
    }
}
