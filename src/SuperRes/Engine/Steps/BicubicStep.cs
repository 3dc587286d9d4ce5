using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>
/// Bicubic upsampling by an integer (<see cref="BicubicPhases"/>, edges repeated): four rows are weighed into one, then four
/// pixels of it.
/// </summary>
internal sealed unsafe class BicubicStep<TSimd>(int factor) : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Taps = BicubicPhases.Taps;

    private readonly int _factor = factor;
    private readonly BicubicPhases _phases = new(factor);

    public override RowRange InputRows(int input, RowRange output) => new(
        RowRange.FloorDivide(output.Start, _factor) - 2,
        RowRange.FloorDivide(output.End - 1, _factor) + 3);

    public override long ScratchLength(MapShape output) => ((long)output.Width / _factor * output.PixelStride) + TSimd.Count;

    public override double CostPerRow(MapShape output) => 2.0 * Taps * output.Width * output.Channels;

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var (input, output) = (frame.Maps[Inputs[0]], frame.Maps[Output]);
        var (row, phase) = Math.DivRem(y, _factor);
        var rows = stackalloc float*[Taps];
        for (var tap = 0; tap < Taps; tap++)
        {
            rows[tap] = input.Row(Math.Clamp(row + _phases.Start(phase) + tap, 0, input.Height - 1));
        }

        WeighRows(rows, phase, scratch, input.RowLength);
        WeighPixels(scratch, input.Width, output, output.Row(y));
    }

    private void WeighPixels(float* source, int width, in RowMap output, float* target)
    {
        var stride = output.PixelStride;
        for (var x = 0; x < output.Width; x++)
        {
            var (column, phase) = Math.DivRem(x, _factor);
            var weights = _phases.Weights(phase);
            for (var c = 0; c < stride; c++)
            {
                var sum = 0f;
                for (var tap = 0; tap < Taps; tap++)
                {
                    sum += weights[tap] * source[(Math.Clamp(column + _phases.Start(phase) + tap, 0, width - 1) * stride) + c];
                }

                *target++ = sum;
            }
        }
    }

    private void WeighRows(float** rows, int phase, float* target, int length)
    {
        var weights = _phases.Weights(phase);
        var i = 0;
        for (; i <= length - TSimd.Count; i += TSimd.Count)
        {
            var sum = TSimd.Load(rows[0] + i) * TSimd.Broadcast(weights[0]);
            sum = TSimd.MultiplyAdd(TSimd.Load(rows[1] + i), TSimd.Broadcast(weights[1]), sum);
            sum = TSimd.MultiplyAdd(TSimd.Load(rows[2] + i), TSimd.Broadcast(weights[2]), sum);
            TSimd.MultiplyAdd(TSimd.Load(rows[3] + i), TSimd.Broadcast(weights[3]), sum).Store(target + i);
        }

        for (; i < length; i++)
        {
            target[i] = (rows[0][i] * weights[0]) + (rows[1][i] * weights[1]) + (rows[2][i] * weights[2]) + (rows[3][i] * weights[3]);
        }
    }
}
