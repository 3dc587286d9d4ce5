using SuperRes.Engine.Compilation;
using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>f(factor * x + offset) with factor and offset per channel: what no convolution before could take in.</summary>
internal sealed unsafe class PointwiseStep<TSimd> : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly ActivationKind _activation;
    private readonly NativeBuffer _factors;
    private readonly NativeBuffer _offsets;
    private readonly NativeBuffer _parameters;

    public PointwiseStep(PointwiseOperation operation)
    {
        _activation = operation.Activation;
        // Maps of few channels repeat them until the pattern is a multiple of every vector.
        var stride = Packing.PixelStride(operation.Channels);
        Pattern = stride <= Packing.NarrowChannels ? stride * Packing.ChannelMultiple : stride;
        _factors = Repeat(operation.Factor);
        _offsets = Repeat(operation.Offset);
        _parameters = Repeat(operation.Parameter);

        NativeBuffer Repeat(Func<int, double> value)
        {
            var buffer = new NativeBuffer(Pattern);
            for (var i = 0; i < Pattern; i++)
            {
                buffer.Pointer[i] = i % stride < operation.Channels ? (float)value(i % stride) : 0;
            }

            return buffer;
        }
    }

    private int Pattern { get; }

    public override long ScratchLength(MapShape output) => Pattern;

    public override void Dispose()
    {
        _factors.Dispose();
        _offsets.Dispose();
        _parameters.Dispose();
    }

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var output = frame.Maps[Output];
        float* source = frame.Maps[Inputs[0]].Row(y), target = output.Row(y);
        var i = 0;
        for (; i <= output.RowLength - Pattern; i += Pattern)
        {
            Apply(source + i, target + i);
        }

        if (i < output.RowLength)
        {
            var rest = output.RowLength - i;
            new ReadOnlySpan<float>(source + i, rest).CopyTo(new Span<float>(scratch, rest));
            Apply(scratch, scratch);
            new ReadOnlySpan<float>(scratch, rest).CopyTo(new Span<float>(target + i, rest));
        }
    }

    private void Apply(float* source, float* target) =>
        Activation<TSimd>.Apply(_activation, source, _factors.Pointer, _offsets.Pointer, _parameters.Pointer, target, Pattern);
}
