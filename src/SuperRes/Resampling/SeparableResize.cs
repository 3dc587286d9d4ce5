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

    private SeparableResize(ImageBuffer source, FilterTaps horizontal, FilterTaps vertical, bool roundBetweenPasses)
    {
        _source = source;
        _horizontal = horizontal;
        _vertical = vertical;
        _round = roundBetweenPasses && source.SampleType != SampleType.Float32;
        _peak = SampleConversion.PeakOf(source.SampleType);
        _result = new ImageBuffer(horizontal.OutputLength, vertical.OutputLength, source.Color, source.SampleType);
    }

    /// <summary>Resizes; <paramref name="horizontalFirst"/> matters only through the rounding between the passes and the work to do.</summary>
    public static ImageBuffer Run(
        ImageBuffer source,
        FilterTaps horizontal,
        FilterTaps vertical,
        bool horizontalFirst,
        ResizeOptions options,
        CancellationToken cancellationToken)
    {
        var resize = new SeparableResize(source, horizontal, vertical, options.RoundBetweenPasses);
        ParallelRows.Run(
            vertical.OutputLength,
            options.MaxThreads,
            horizontalFirst ? resize.HorizontalThenVertical : resize.VerticalThenHorizontal,
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
            SelectRows(y, firstRow: 0, rows);
            AddSourceRows(rows, _vertical.Weights(y), interior);
            RoundIfAsked(interior);
            HorizontalFilter.Pad(padded, _horizontal, channels);
            HorizontalFilter.Apply(padded, _horizontal, channels, output);
            SampleConversion.StoreRow(output.AsSpan(0, _result.RowLength), _result, y);
        }

        ArrayPool<double>.Shared.Return(padded);
        ArrayPool<double>.Shared.Return(output);
    }

    /// <summary>Filters the input rows that the chunk needs, then adds those up. Neighbouring chunks repeat the few rows they share.</summary>
    private void HorizontalThenVertical(int start, int end)
    {
        var channels = _source.Channels;
        var (firstRow, rowCount) = RowsNeeded(start, end);
        var length = _result.RowLength;
        var padded = ArrayPool<double>.Shared.Rent(HorizontalFilter.PaddedLength(_horizontal, channels));
        var filtered = ArrayPool<double>.Shared.Rent(checked((rowCount * length) + HorizontalFilter.Slack));
        for (var row = 0; row < rowCount; row++)
        {
            SampleConversion.LoadRow(_source, firstRow + row, HorizontalFilter.Interior(padded, _horizontal, channels));
            HorizontalFilter.Pad(padded, _horizontal, channels);
            HorizontalFilter.Apply(padded, _horizontal, channels, filtered.AsSpan(row * length));
            RoundIfAsked(filtered.AsSpan(row * length, length));
        }

        var rows = new int[_vertical.Count];
        var output = padded.Length >= length ? padded : new double[length];
        for (var y = start; y < end; y++)
        {
            SelectRows(y, firstRow, rows);
            VerticalFilter.Apply<double, DoublePrecisionLanes>(filtered, rows, _vertical.Weights(y), output.AsSpan(0, length));
            SampleConversion.StoreRow(output.AsSpan(0, length), _result, y);
        }

        ArrayPool<double>.Shared.Return(padded);
        ArrayPool<double>.Shared.Return(filtered);
    }

    private void SelectRows(int y, int firstRow, Span<int> rows)
    {
        for (var k = 0; k < rows.Length; k++)
        {
            rows[k] = _vertical.Mirror(_vertical.First[y] + k) - firstRow;
        }
    }

    private (int First, int Count) RowsNeeded(int start, int end)
    {
        var (lowest, highest) = (int.MaxValue, 0);
        for (var y = start; y < end; y++)
        {
            for (var k = 0; k < _vertical.Count; k++)
            {
                var row = _vertical.Mirror(_vertical.First[y] + k);
                lowest = Math.Min(lowest, row);
                highest = Math.Max(highest, row);
            }
        }

        return (lowest, highest - lowest + 1);
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
