using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Steps;

/// <summary>Global pooling from the sums and maxima that a convolution noted of its tiles.</summary>
internal sealed unsafe class StatisticsPoolStep<TSimd>(PoolKind pool) : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>The map that is pooled; only its size is of interest.</summary>
    public required int Pooled { get; init; }

    public override RowRange InputRows(int input, RowRange output) => RowRange.All;

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var (statistics, pooled, output) = (frame.Maps[Inputs[0]], frame.Maps[Pooled], frame.Maps[Output]);
        for (var c = 0; c < output.PixelStride; c += TSimd.Count)
        {
            Reduce(statistics, (pool == PoolKind.Max ? output.PixelStride : 0) + c, output.Row(0) + c);
        }

        var positions = (float)pooled.Height * pooled.Width;
        for (var c = 0; c < output.PixelStride && pool == PoolKind.Average; c++)
        {
            output.Row(0)[c] /= positions;
        }
    }

    /// <summary>One vector of channels over all tiles.</summary>
    private void Reduce(in RowMap statistics, int offset, float* target)
    {
        var total = TSimd.Broadcast(pool == PoolKind.Max ? float.NegativeInfinity : 0);
        for (var y = 0; y < statistics.Height; y++)
        {
            // Rows are summed apart, so that a sum never grows much larger than what is added to it.
            var row = TSimd.Broadcast(pool == PoolKind.Max ? float.NegativeInfinity : 0);
            var tile = statistics.Row(y) + offset;
            for (var x = 0; x < statistics.Width; x++, tile += statistics.PixelStride)
            {
                row = Combine(row, TSimd.Load(tile));
            }

            total = Combine(total, row);
        }

        total.Store(target);
    }

    private TSimd Combine(TSimd x, TSimd y) => pool == PoolKind.Max ? TSimd.Max(x, y) : x + y;
}
