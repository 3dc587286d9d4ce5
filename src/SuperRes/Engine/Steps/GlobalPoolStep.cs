using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Steps;

/// <summary>The mean or maximum of each channel over the whole map.</summary>
internal sealed unsafe class GlobalPoolStep<TSimd>(PoolKind pool) : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    public override RowRange InputRows(int input, RowRange output) => RowRange.All;

    public override long ScratchLength(MapShape output) => output.PixelStride;

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var (input, output) = (frame.Maps[Inputs[0]], frame.Maps[Output]);
        var stride = output.PixelStride;
        var total = output.Row(0);
        new Span<float>(total, stride).Fill(pool == PoolKind.Max ? float.NegativeInfinity : 0);
        for (var row = 0; row < input.Height; row++)
        {
            // Rows are summed apart, so that a sum never grows much larger than what is added to it.
            new Span<float>(scratch, stride).Fill(pool == PoolKind.Max ? float.NegativeInfinity : 0);
            var source = input.Row(row);
            for (var x = 0; x < input.Width; x++, source += stride)
            {
                Combine(scratch, source, stride);
            }

            Combine(total, scratch, stride);
        }

        for (var c = 0; c < stride && pool == PoolKind.Average; c++)
        {
            total[c] /= (float)input.Height * input.Width;
        }
    }

    private void Combine(float* total, float* values, int count)
    {
        var c = 0;
        for (; c <= count - TSimd.Count; c += TSimd.Count)
        {
            var (x, y) = (TSimd.Load(total + c), TSimd.Load(values + c));
            (pool == PoolKind.Max ? TSimd.Max(x, y) : x + y).Store(total + c);
        }

        for (; c < count; c++)
        {
            total[c] = pool == PoolKind.Max ? Math.Max(total[c], values[c]) : total[c] + values[c];
        }
    }
}
