using SuperRes.Engine.Compilation;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>Layer normalisation over each pixel's channels.</summary>
internal sealed unsafe class LayerNormStep<TSimd> : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly NativeBuffer _gamma;
    private readonly NativeBuffer _beta;
    private readonly int _channels;
    private readonly float _epsilon;

    public LayerNormStep(float[] gamma, float[] beta, float epsilon)
    {
        (_channels, _epsilon) = (gamma.Length, epsilon);
        _gamma = Padded(gamma);
        _beta = Padded(beta);
    }

    public override void Dispose()
    {
        _gamma.Dispose();
        _beta.Dispose();
    }

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var output = frame.Maps[Output];
        float* source = frame.Maps[Inputs[0]].Row(y), target = output.Row(y);
        for (var x = 0; x < output.Width; x++, source += output.PixelStride, target += output.PixelStride)
        {
            Normalize(source, target, output.PixelStride);
        }
    }

    private void Normalize(float* source, float* target, int stride)
    {
        var values = new ReadOnlySpan<float>(source, _channels);
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / _channels;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        var scale = (float)(1 / Math.Sqrt((squares / _channels) + _epsilon));
        var c = 0;
        for (; c <= stride - TSimd.Count; c += TSimd.Count)
        {
            var normalized = (TSimd.Load(source + c) - TSimd.Broadcast((float)mean)) * TSimd.Broadcast(scale);
            TSimd.MultiplyAdd(normalized, TSimd.Load(_gamma.Pointer + c), TSimd.Load(_beta.Pointer + c)).Store(target + c);
        }

        for (; c < stride; c++)
        {
            target[c] = ((source[c] - (float)mean) * scale * _gamma.Pointer[c]) + _beta.Pointer[c];
        }
    }

    private static NativeBuffer Padded(float[] values)
    {
        var buffer = new NativeBuffer(Packing.PixelStride(values.Length));
        values.CopyTo(new Span<float>(buffer.Pointer, values.Length));
        return buffer;
    }
}
