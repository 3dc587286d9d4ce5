using SuperRes.Engine.Kernels;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>
/// Mean and maximum over the channels of each pixel, of a map that may be gated by channel first. The second input is the
/// gate. Rows of the result hold all means, then all maxima, unlike other maps, as <see cref="GateStep{TSimd}"/> wants them.
/// </summary>
internal sealed unsafe class PoolChannelsStep<TSimd> : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly int _channels;
    private readonly NativeBuffer _ones;
    private readonly NativeBuffer _floor;

    public PoolChannelsStep(int channels, int stride)
    {
        _channels = channels;
        _ones = new NativeBuffer(stride);
        _floor = new NativeBuffer(stride);
        new Span<float>(_ones.Pointer, channels).Fill(1);
        new Span<float>(_floor.Pointer + channels, stride - channels).Fill(float.NegativeInfinity);
    }

    public override RowRange InputRows(int input, RowRange output) => input == 1 ? RowRange.All : output;

    public override long ScratchLength(MapShape output) => _ones.Length;

    public override void Dispose()
    {
        _ones.Dispose();
        _floor.Dispose();
    }

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var (input, output) = (frame.Maps[Inputs[0]], frame.Maps[Output]);
        var gates = _ones.Pointer;
        if (Inputs.Count > 1)
        {
            // A gate of a channel that only fills up is not zero, it is the sigmoid of zero.
            new ReadOnlySpan<float>(frame.Maps[Inputs[1]].Row(0), _channels).CopyTo(new Span<float>(scratch, _channels));
            new Span<float>(scratch + _channels, input.PixelStride - _channels).Clear();
            gates = scratch;
        }

        var means = output.Row(y);
        ChannelPooling<TSimd>.Compute(input.Row(y), input.Width, input.PixelStride, gates, _floor.Pointer, _channels, means, means + input.Width);
    }
}
