using SuperRes.Engine.Compilation;
using SuperRes.Engine.Kernels;
using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>The last linear layers of a network in one (see <see cref="CollapsedTail"/>): each phase of the enlarged image is a narrow convolution of its own.</summary>
internal sealed unsafe class CollapsedTailStep<TSimd> : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Pixels = NarrowConvolution<TSimd>.Pixels;
    private const int Channels = NarrowConvolution<TSimd>.Channels;

    private readonly CollapsedTail.Phase[] _phases;
    private readonly NativeBuffer?[] _weights;
    private readonly float[] _parameters;
    private readonly ActivationKind _activation;
    private readonly int _shuffle;
    private readonly int _channels;
    private readonly int _inputStride;

    public CollapsedTailStep(CollapsedTail tail)
    {
        _phases = tail.Phases;
        (_shuffle, _channels) = (tail.Shuffle, tail.OutputChannels);
        _inputStride = Packing.PixelStride(tail.InputChannels);
        _activation = tail.Narrow.Activation;
        _parameters = tail.Narrow.ActivationParameters ?? new float[_channels];
        _weights = [.. _phases.SelectMany(phase => phase.Sets.Select(set => set is null ? null : Pack(phase, set, tail)))];
    }

    public override int RowMultiple => _shuffle;

    public override RowRange InputRows(int input, RowRange output) => input > 0 ? output : new RowRange(
        RowRange.FloorDivide(output.Start, _shuffle) + _phases.Min(phase => phase.Top),
        RowRange.FloorDivide(output.End - 1, _shuffle) + _phases.Max(phase => phase.Top + phase.Height));

    public override long ScratchLength(MapShape output) => _phases.Max(phase => (long)phase.Height * (phase.Width + Pixels - 1) * _inputStride);

    public override double CostPerRow(MapShape output) =>
        (double)output.Width * output.Channels * _inputStride * _phases.Average(phase => phase.Height * phase.Width);

    public override void Dispose()
    {
        foreach (var weights in _weights)
        {
            weights?.Dispose();
        }
    }

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var width = frame.Maps[Inputs[0]].Width;
        for (var phase = 0; phase < _phases.Length; phase++)
        {
            // The first and last pixel may lie at the map's edge in this phase, and then have weights of their own.
            var first = _phases[phase].X == 0 ? 1 : 0;
            var last = _phases[phase].X == _shuffle - 1 ? width - 1 : width;
            if (first == 1)
            {
                ComputePixels(frame, phase, y, 0, 1, atColumnEdge: true, scratch);
            }

            for (var x = first; x < last; x += Pixels)
            {
                ComputePixels(frame, phase, y, x, Math.Min(Pixels, last - x), atColumnEdge: false, scratch);
            }

            if (last < width && last >= first)
            {
                ComputePixels(frame, phase, y, last, 1, atColumnEdge: true, scratch);
            }
        }
    }

    /// <summary>For each row of the window, each output channel's Kw * C weights.</summary>
    private static NativeBuffer Pack(CollapsedTail.Phase phase, CollapsedTail.PhaseWeights set, CollapsedTail tail)
    {
        var stride = Packing.PixelStride(tail.InputChannels);
        var buffer = new NativeBuffer((long)phase.Height * Channels * phase.Width * stride);
        for (var i = 0; i < set.Values.Length; i++)
        {
            var (rest, channel) = Math.DivRem(i, tail.InputChannels);
            (rest, var column) = Math.DivRem(rest, phase.Width);
            var (o, row) = Math.DivRem(rest, phase.Height);
            buffer.Pointer[(((((row * Channels) + o) * phase.Width) + column) * stride) + channel] = (float)set.Values[i];
        }

        return buffer;
    }

    private void ComputePixels(Frame frame, int phaseIndex, int y, int x, int width, bool atColumnEdge, float* scratch)
    {
        var input = frame.Maps[Inputs[0]];
        var phase = _phases[phaseIndex];
        var row = y / _shuffle;
        var atRowEdge = (phase.Y == 0 && row == 0) || (phase.Y == _shuffle - 1 && row == input.Height - 1);
        var set = (atRowEdge ? 2 : 0) + (atColumnEdge ? 1 : 0);
        var packed = _weights[(phaseIndex * phase.Sets.Length) + set]!.Pointer;
        var runs = stackalloc float*[phase.Height];
        var weights = stackalloc float*[phase.Height];
        var windowRows = stackalloc int[phase.Height];
        var results = stackalloc float[Pixels * Channels];
        var count = Window.Collect(input, row + phase.Top, x + phase.Left, phase.Height, phase.Width + Pixels - 1, scratch, runs, windowRows);
        for (var run = 0; run < count; run++)
        {
            weights[run] = packed + ((nint)windowRows[run] * Channels * phase.Width * _inputStride);
        }

        NarrowConvolution<TSimd>.Compute(runs, weights, count, phase.Width * _inputStride, _inputStride, results);
        Store(frame, phase, phase.Sets[set]!.Bias, results, y, x, width);
    }

    private void Store(Frame frame, CollapsedTail.Phase phase, double[] bias, float* results, int y, int x, int width)
    {
        var output = frame.Maps[Output];
        var offset = (((nint)x * _shuffle) + phase.X) * _channels;
        var target = output.Row(y + phase.Y) + offset;
        var residual = Inputs.Count > 1 ? frame.Maps[Inputs[1]].Row(y + phase.Y) + offset : null;
        for (var pixel = 0; pixel < width; pixel++, results += Channels)
        {
            for (var o = 0; o < _channels; o++)
            {
                var i = (pixel * _shuffle * _channels) + o;
                var sum = results[o] + (float)bias[o] + (residual is null ? 0 : residual[i]);
                target[i] = ScalarActivation.Apply(_activation, sum, _parameters[o]);
            }
        }
    }
}
