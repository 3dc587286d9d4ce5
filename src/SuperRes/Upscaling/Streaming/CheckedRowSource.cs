using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>Rows that come from outside, held to what their source declares: all that follows relies on it, kernels without looking again.</summary>
internal sealed class CheckedRowSource(IImageRowSource source) : IImageRowSource
{
    private int _rowsRead;

    public int Width { get; } = source.Width;

    public int Height { get; } = source.Height;

    public ColorModel Color { get; } = source.Color;

    public SampleType SampleType { get; } = source.SampleType;

    /// <exception cref="InvalidOperationException">The source ended early, or gave other rows than it declares.</exception>
    public ImageBuffer? Read(int maxRows)
    {
        var asked = Math.Min(maxRows, Height - _rowsRead);
        if (asked == 0)
        {
            return null;
        }

        var rows = source.Read(maxRows);
        if (rows is not null && (rows.Height > asked || (rows.Width, rows.Color, rows.SampleType) != (Width, Color, SampleType)))
        {
            throw new InvalidOperationException(
                $"The source declares {Width}x{Height} {Color} {SampleType}; asked for {asked} rows after the first {_rowsRead}, it gave {rows.Width}x{rows.Height} {rows.Color} {rows.SampleType}.");
        }

        _rowsRead += rows?.Height ?? 0;
        return rows?.Height == asked ? rows : throw new InvalidOperationException($"The source ended after {_rowsRead} of {Height} rows.");
    }
}
