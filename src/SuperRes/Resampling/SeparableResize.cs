using System.Buffers;
using SuperRes.Pixels;

namespace SuperRes.Resampling;

/// <summary>
/// Filters an image along both axes, a chunk of output rows per thread. Everything between reading and writing
/// samples is in double precision.
/// </summary>
internal sealed class SeparableResize
{
    private readonly ImageBuffer _source;
    private readonly ImageBuffer _result;
    private readonly FilterTaps _horizontal;
    private readonly FilterTaps _vertical;
    private readonly bool _round;
    private readonly double _peak;
    private readonly int _sourceTop;
    private readonly RowSpan _made;

    private SeparableResize(ImageBuffer source, int sourceTop, FilterTaps horizontal, FilterTaps vertical, RowSpan made, bool roundBetweenPasses)
    {
        _source = source;
        _sourceTop = sourceTop;
        _made = made;
        _horizontal = horizontal;
        _vertical = vertical;
        _round = roundBetweenPasses && source.SampleType != SampleType.Float32;
        _peak = SampleConversion.PeakOf(source.SampleType);
        _result = new ImageBuffer(horizontal.OutputLength, made.Count, source.Color, source.SampleType);
    }

    /// <summary>Resizes; <paramref name="horizontalFirst"/> matters only through the rounding between the passes and the work to do.</summary>
    public static ImageBuffer Run(
        ImageBuffer source,
        FilterTaps horizontal,
        FilterTaps vertical,
        bool horizontalFirst,
        ResizeOptions options,
        CancellationToken cancellationToken) =>
        RunRows(source, sourceTop: 0, horizontal, vertical, new RowSpan(0, vertical.OutputLength), horizontalFirst, options, cancellationToken);

    /// <summary>Makes some rows of the result, from the rows of the image that they need.</summary>
    /// <param name="source">Rows of the image.</param>
    /// <param name="sourceTop">Which row of the image the first of them is.</param>
    /// <param name="horizontal">The weights along x.</param>
    /// <param name="vertical">The weights along y, of the whole image.</param>
    /// <param name="made">Rows of the result to make.</param>
    /// <param name="horizontalFirst">As in <see cref="Run"/>.</param>
    /// <param name="options">Rounding and threads.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    public static ImageBuffer RunRows(
        ImageBuffer source,
        int sourceTop,
        FilterTaps horizontal,
        FilterTaps vertical,
        RowSpan made,
        bool horizontalFirst,
        ResizeOptions options,
        CancellationToken cancellationToken)
    {
        var resize = new SeparableResize(source, sourceTop, horizontal, vertical, made, options.RoundBetweenPasses);
        ParallelRows.Run(
            made.Count,
            options.MaxThreads,
            (start, end) =>
            {
                if (horizontalFirst)
                {
                    resize.HorizontalThenVertical(made.Start + start, made.Start + end);
                }
                else
                {
                    resize.VerticalThenHorizontal(made.Start + start, made.Start + end);
                }
            },
            cancellationToken);
        return resize._result;
    }

    private void VerticalThenHorizontal(int start, int end)
    {
        var channels = _source.Channels;
        var padded = ArrayPool<double>.Shared.Rent(HorizontalFilter.PaddedLength(_horizontal, channels));
        var output = ArrayPool<double>.Shared.Rent(_result.RowLength + HorizontalFilter.Slack);
        var rows = new int[_vertical.Count];
        var interior = HorizontalFilter.Interior(padded, _horizontal, channels);
        for (var y = start; y < end; y++)
        {
            SelectRows(y, _sourceTop, rows);
            AddSourceRows(rows, _vertical.Weights(y), interior);
            RoundIfAsked(interior);
            HorizontalFilter.Pad(padded, _horizontal, channels);
            HorizontalFilter.Apply(padded, _horizontal, channels, output);
            SampleConversion.StoreRow(output.AsSpan(0, _result.RowLength), _result, y - _made.Start);
        }

        ArrayPool<double>.Shared.Return(padded);
        ArrayPool<double>.Shared.Return(output);
    }

    /// <summary>Filters the input rows from the first that the chunk needs, and keeps as many as a row of the result still needs. Neighbouring chunks repeat the few rows they share.</summary>
    private void HorizontalThenVertical(int start, int end)
    {
        var channels = _source.Channels;
        var length = _result.RowLength;
        var padded = ArrayPool<double>.Shared.Rent(HorizontalFilter.PaddedLength(_horizontal, channels));
        var (next, keptRows) = RowsNeeded(start, end);
        var kept = ArrayPool<double>.Shared.Rent(checked(keptRows * length));
        var output = ArrayPool<double>.Shared.Rent(length + HorizontalFilter.Slack);
        var rows = new int[_vertical.Count];
        for (var y = start; y < end; y++)
        {
            for (var last = _vertical.Reach(y).Last; next <= last; next++)
            {
                SampleConversion.LoadRow(_source, next - _sourceTop, HorizontalFilter.Interior(padded, _horizontal, channels));
                HorizontalFilter.Pad(padded, _horizontal, channels);
                HorizontalFilter.Apply(padded, _horizontal, channels, output);
                RoundIfAsked(output.AsSpan(0, length));
                output.AsSpan(0, length).CopyTo(kept.AsSpan(next % keptRows * length));
            }

            SelectRows(y, 0, rows);
            for (var k = 0; k < rows.Length; k++)
            {
                rows[k] %= keptRows;
            }

            VerticalFilter.Apply<double, DoublePrecisionLanes>(kept, rows, _vertical.Weights(y), output.AsSpan(0, length));
            SampleConversion.StoreRow(output.AsSpan(0, length), _result, y - _made.Start);
        }

        ArrayPool<double>.Shared.Return(padded);
        ArrayPool<double>.Shared.Return(kept);
        ArrayPool<double>.Shared.Return(output);
    }

    private void SelectRows(int y, int firstRow, Span<int> rows)
    {
        for (var k = 0; k < rows.Length; k++)
        {
            rows[k] = _vertical.Mirror(_vertical.First[y] + k) - firstRow;
        }
    }

    /// <summary>The first input row that a chunk needs, and how many must be there at once: windows need not follow each other, for weights of zero are cut off.</summary>
    private (int First, int Kept) RowsNeeded(int start, int end)
    {
        var (lowest, highest, kept) = (int.MaxValue, 0, 0);
        for (var y = start; y < end; y++)
        {
            var (first, last) = _vertical.Reach(y);
            lowest = Math.Min(lowest, first);
            highest = Math.Max(highest, last);
            kept = Math.Max(kept, highest - first + 1);
        }

        return (lowest, kept);
    }

    private void AddSourceRows(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, Span<double> target)
    {
        switch (_source.SampleType)
        {
            case SampleType.UInt8:
                VerticalFilter.Apply<byte, ByteLanes>(_source.Samples<byte>(), rows, weights, target);
                break;
            case SampleType.UInt16:
                VerticalFilter.Apply<ushort, UInt16Lanes>(_source.Samples<ushort>(), rows, weights, target);
                break;
            default:
                VerticalFilter.Apply<float, SingleLanes>(_source.Samples<float>(), rows, weights, target);
                break;
        }
    }

    private void RoundIfAsked(Span<double> row)
    {
        if (_round)
        {
            SampleVectors.Quantize(row, _peak);
        }
    }
}
