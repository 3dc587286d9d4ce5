using SuperRes.Engine.Kernels;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>A map times a gate per channel, times a gate per pixel that is computed here from the pooled map, times a constant, plus a residual.</summary>
internal sealed unsafe class GateStep<TSimd> : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Planes = 2;

    private readonly GateInputs _inputs;
    private readonly SpatialWeights? _spatial;
    private readonly NativeBuffer _weights;
    private readonly float _factor;

    public GateStep(GateInputs inputs, SpatialWeights? spatial, float factor)
    {
        (_inputs, _spatial, _factor) = (inputs, spatial, factor);
        _weights = new NativeBuffer(spatial?.Values.Length ?? 0);
        spatial?.Values.CopyTo(new Span<float>(_weights.Pointer, spatial.Values.Length));
    }

    private int Kernel => _spatial?.Kernel ?? 0;

    public override RowRange InputRows(int input, RowRange output) =>
        Inputs[input] == _inputs.ChannelGate ? RowRange.All
        : Inputs[input] == _inputs.Pooled ? new RowRange(output.Start - (Kernel / 2), output.End + (Kernel / 2))
        : output;

    /// <summary>Channel gates, pixel gates, and the pooled rows under the kernel between zeros.</summary>
    public override long ScratchLength(MapShape output) => output.PixelStride + GateLength(output.Width) + ((long)Planes * Kernel * PaddedLength(output.Width));

    public override double CostPerRow(MapShape output) => (double)output.Width * (output.Channels + (Planes * Kernel * Kernel));

    public override void Dispose() => _weights.Dispose();

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var (input, output) = (frame.Maps[_inputs.Map], frame.Maps[Output]);
        var stride = output.PixelStride;
        var pixelGates = scratch + stride;
        if (_inputs.Pooled is { } pooled)
        {
            ComputePixelGates(frame.Maps[pooled], y, pixelGates);
        }
        else
        {
            new Span<float>(pixelGates, output.Width).Fill(1);
        }

        for (var c = 0; c < stride; c++)
        {
            scratch[c] = _factor * (_inputs.ChannelGate is { } gate ? frame.Maps[gate].Row(0)[c] : 1);
        }

        if (_inputs.Residual is { } residual)
        {
            Gating<TSimd>.ApplyAndAdd(input.Row(y), input.Width, stride, scratch, pixelGates, frame.Maps[residual].Row(y), output.Row(y));
        }
        else
        {
            Gating<TSimd>.Apply(input.Row(y), input.Width, stride, scratch, pixelGates, output.Row(y));
        }
    }

    private static int GateLength(int width) =>
        (width + SpatialConvolution<TSimd>.PixelMultiple - 1) / SpatialConvolution<TSimd>.PixelMultiple * SpatialConvolution<TSimd>.PixelMultiple;

    private int PaddedLength(int width) => GateLength(width) + Kernel;

    private void ComputePixelGates(in RowMap pooled, int y, float* gates)
    {
        var (padding, length) = (Kernel / 2, PaddedLength(pooled.Width));
        var rows = stackalloc float*[Planes * Kernel];
        var weights = stackalloc float*[Planes * Kernel];
        var padded = gates + GateLength(pooled.Width);
        var count = 0;
        for (var plane = 0; plane < Planes; plane++)
        {
            for (var ky = 0; ky < Kernel; ky++)
            {
                if (!pooled.HasRow(y + ky - padding))
                {
                    continue;
                }

                var target = new Span<float>(padded + (count * length), length);
                target[..padding].Clear();
                new ReadOnlySpan<float>(pooled.Row(y + ky - padding) + (plane * pooled.Width), pooled.Width).CopyTo(target[padding..]);
                target[(padding + pooled.Width)..].Clear();
                rows[count] = padded + (count * length);
                weights[count] = _weights.Pointer + (((plane * Kernel) + ky) * Kernel);
                count++;
            }
        }

        SpatialConvolution<TSimd>.Compute(rows, weights, count, Kernel, _spatial!.Bias, gates, pooled.Width);
    }
}
