using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>
/// Bicubic upsampling by an integer (Keys 1981, a = -0.5, edges repeated): four rows are weighed into one, then four
/// pixels of it. Pixel f p + d lies at p + (d + 0.5) / f - 0.5, so each phase d has four fixed weights.
/// </summary>
internal sealed unsafe class BicubicStep<TSimd> : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Taps = 4;

    private readonly int _factor;
    private readonly float[] _weights;
    private readonly int[] _starts;

    public BicubicStep(int factor)
    {
        _factor = factor;
        _weights = new float[factor * Taps];
        _starts = new int[factor];
        for (var phase = 0; phase < factor; phase++)
        {
            var center = ((phase + 0.5) / factor) - 0.5;
            _starts[phase] = (int)Math.Floor(center) - 1;
            for (var tap = 0; tap < Taps; tap++)
            {
                _weights[(phase * Taps) + tap] = (float)Cubic(center - (_starts[phase] + tap));
            }
        }
    }

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
            rows[tap] = input.Row(Math.Clamp(row + _starts[phase] + tap, 0, input.Height - 1));
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
            for (var c = 0; c < stride; c++)
            {
                var sum = 0f;
                for (var tap = 0; tap < Taps; tap++)
                {
                    sum += _weights[(phase * Taps) + tap] * source[(Math.Clamp(column + _starts[phase] + tap, 0, width - 1) * stride) + c];
                }

                *target++ = sum;
            }
        }
    }

    private void WeighRows(float** rows, int phase, float* target, int length)
    {
        var weights = _weights.AsSpan(phase * Taps, Taps);
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

    private static double Cubic(double distance)
    {
        const double A = -0.5;
        var d = Math.Abs(distance);
        return d switch
        {
            <= 1 => ((((A + 2) * d) - (A + 3)) * d * d) + 1,
            < 2 => ((((((A * d) - (5 * A)) * d) + (8 * A)) * d) - (4 * A)),
            _ => 0,
        };
    }
}
