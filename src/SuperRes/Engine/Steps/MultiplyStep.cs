using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>Gates a map by one of its shape, by one value per channel, or by one value per pixel.</summary>
internal sealed unsafe class MultiplyStep<TSimd> : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    public required GateKind Gate { get; init; }

    public override RowRange InputRows(int input, RowRange output) =>
        input == 1 && Gate == GateKind.Channel ? RowRange.All : output;

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var output = frame.Maps[Output];
        var gate = frame.Maps[Inputs[1]];
        float* source = frame.Maps[Inputs[0]].Row(y), target = output.Row(y);
        var values = gate.Row(Gate == GateKind.Channel ? 0 : y);
        for (var x = 0; x < output.Width; x++, source += output.PixelStride, target += output.PixelStride)
        {
            if (Gate == GateKind.Spatial)
            {
                Scale(source, *values++, target, output.PixelStride);
            }
            else
            {
                Multiply(source, values, target, output.PixelStride);
                values += Gate == GateKind.Channel ? 0 : output.PixelStride;
            }
        }
    }

    private static void Scale(float* source, float factor, float* target, int count)
    {
        var i = 0;
        var vector = TSimd.Broadcast(factor);
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            (TSimd.Load(source + i) * vector).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[i] = source[i] * factor;
        }
    }

    private static void Multiply(float* source, float* factors, float* target, int count)
    {
        var i = 0;
        for (; i <= count - TSimd.Count; i += TSimd.Count)
        {
            (TSimd.Load(source + i) * TSimd.Load(factors + i)).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[i] = source[i] * factors[i];
        }
    }
}
