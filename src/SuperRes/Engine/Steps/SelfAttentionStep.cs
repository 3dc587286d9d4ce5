using SuperRes.Engine.Kernels;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>Multi-head attention of each position to all positions of the map. A block is a head of some rows.</summary>
internal sealed unsafe class SelfAttentionStep<TSimd>(int heads, int channels) : Step
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Each block packs all keys and values; that is little work beside so many queries.</summary>
    private const int QueriesPerBlock = 12 * AttentionHead<TSimd>.Queries;

    private readonly int _depth = channels / heads;

    public override RowRange InputRows(int input, RowRange output) => RowRange.All;

    /// <summary>Packed keys and values, a block of queries, of weights and of results.</summary>
    public override long ScratchLength(MapShape output)
    {
        var head = Head(output.Height, output.Width);
        return head.ColumnsLength + head.RowsLength + head.WeightsLength + (2L * head.BlockLength);
    }

    public override double CostPerRow(MapShape output) => 2.0 * output.Width * output.Height * output.Width * channels;

    public override int CountBlocks(Frame frame, RowRange rows) => heads * CountParts(frame, rows);

    public override RowRange BlockRows(Frame frame, RowRange rows, int block) => BlockSplit.Range(rows, block / heads, CountParts(frame, rows));

    public override void Compute(Frame frame, RowRange rows, int block, float* scratch)
    {
        var (input, output) = (frame.Maps[Inputs[0]], frame.Maps[Output]);
        var head = Head(input.Height, input.Width);
        var offset = block % heads * _depth;
        float* keys = scratch, values = keys + head.ColumnsLength, weights = values + head.RowsLength;
        float* queries = weights + head.WeightsLength, results = queries + head.BlockLength;
        for (var y = 0; y < input.Height; y++)
        {
            head.PackColumns(input.Row(y) + channels + offset, input.PixelStride, y * input.Width, input.Width, keys);
            head.PackRows(input.Row(y) + (2 * channels) + offset, input.PixelStride, y * input.Width, input.Width, values);
        }

        var mine = BlockRows(frame, rows, block);
        var end = mine.End * output.Width;
        for (var first = mine.Start * output.Width; first < end; first += AttentionHead<TSimd>.Queries)
        {
            var count = Math.Min(AttentionHead<TSimd>.Queries, end - first);
            for (var i = 0; i < count; i++)
            {
                head.PutRow(Pixel(input, first + i) + offset, i, queries);
            }

            head.Weigh(queries, keys, weights);
            head.Sum(weights, values, results);
            for (var i = 0; i < count; i++)
            {
                Put(results + (i * head.Columns), Pixel(output, first + i), offset, output.PixelStride);
            }
        }
    }

    private static float* Pixel(in RowMap map, int position)
    {
        var (y, x) = Math.DivRem(position, map.Width);
        return map.Row(y) + ((nint)x * map.PixelStride);
    }

    /// <summary>Puts a head's result into a pixel; the last head clears the channels that only fill up.</summary>
    private void Put(float* result, float* pixel, int offset, int stride)
    {
        new ReadOnlySpan<float>(result, _depth).CopyTo(new Span<float>(pixel + offset, _depth));
        if (offset + _depth == channels)
        {
            new Span<float>(pixel + channels, stride - channels).Clear();
        }
    }

    private AttentionHead<TSimd> Head(int height, int width) => new(checked(height * width), _depth);

    private int CountParts(Frame frame, RowRange rows) => Math.Clamp(rows.Count * frame.Maps[Output].Width / QueriesPerBlock, 1, rows.Count);
}
