using SuperRes.Engine.Compilation;
using SuperRes.Engine.Kernels;
using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>A convolution of stride 1 from many channels to at most three: the last layer of most networks.</summary>
internal sealed unsafe class NarrowStep<TSimd> : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Pixels = NarrowConvolution<TSimd>.Pixels;
    private const int Channels = NarrowConvolution<TSimd>.Channels;

    private readonly FoldedConvolution _convolution;
    private readonly NativeBuffer _weights;

    public NarrowStep(FoldedConvolution convolution)
    {
        _convolution = convolution;
        _weights = Pack(convolution);
    }

    private int InputStride => Packing.PixelStride(_convolution.InputChannels);

    private int RunLength => _convolution.KernelWidth * InputStride;

    private int WindowWidth => Pixels - 1 + _convolution.KernelWidth;

    public static bool Supports(FoldedConvolution convolution) =>
        convolution is { OutputChannels: <= Channels, InputChannels: > Packing.NarrowChannels, Stride: 1, Shuffle: 1 };

    public override RowRange InputRows(int input, RowRange output) => input > 0
        ? output
        : new RowRange(output.Start - _convolution.Padding, output.End - 1 - _convolution.Padding + _convolution.KernelHeight);

    public override long ScratchLength(MapShape output) => (long)_convolution.KernelHeight * WindowWidth * InputStride;

    public override double CostPerRow(MapShape output) =>
        (double)output.Width * output.Channels * _convolution.InputChannels * _convolution.KernelHeight * _convolution.KernelWidth;

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        var input = frame.Maps[Inputs[0]];
        var output = frame.Maps[Output];
        var runs = stackalloc float*[_convolution.KernelHeight];
        var weights = stackalloc float*[_convolution.KernelHeight];
        var kernelRows = stackalloc int[_convolution.KernelHeight];
        var results = stackalloc float[Pixels * Channels];
        for (var x = 0; x < output.Width; x += Pixels)
        {
            var count = Window.Collect(
                input, y - _convolution.Padding, x - _convolution.Padding, _convolution.KernelHeight, WindowWidth, scratch, runs, kernelRows);
            for (var run = 0; run < count; run++)
            {
                weights[run] = _weights.Pointer + ((nint)kernelRows[run] * Channels * RunLength);
            }

            NarrowConvolution<TSimd>.Compute(runs, weights, count, RunLength, InputStride, results);
            Store(frame, results, y, x, Math.Min(Pixels, output.Width - x));
        }
    }

    public override void Dispose() => _weights.Dispose();

    /// <summary>For each row of the kernel, each output channel's Kw * C weights.</summary>
    private static NativeBuffer Pack(FoldedConvolution convolution)
    {
        var stride = Packing.PixelStride(convolution.InputChannels);
        var run = convolution.KernelWidth * stride;
        var buffer = new NativeBuffer((long)convolution.KernelHeight * Channels * run);
        for (var o = 0; o < convolution.OutputChannels; o++)
        {
            for (var i = 0; i < convolution.InputChannels; i++)
            {
                var filter = convolution.Filter(o, i);
                for (var tap = 0; tap < filter.Length; tap++)
                {
                    var (row, column) = Math.DivRem(tap, convolution.KernelWidth);
                    buffer.Pointer[(((row * Channels) + o) * (nint)run) + (column * stride) + i] = (float)filter[tap];
                }
            }
        }

        return buffer;
    }

    private void Store(Frame frame, float* results, int y, int x, int width)
    {
        var output = frame.Maps[Output];
        var channels = _convolution.OutputChannels;
        var target = output.Row(y) + ((nint)x * channels);
        var residual = Inputs.Count > 1 ? frame.Maps[Inputs[1]].Row(y) + ((nint)x * channels) : null;
        for (var pixel = 0; pixel < width; pixel++, results += Channels)
        {
            for (var o = 0; o < channels; o++)
            {
                var sum = results[o] + (float)_convolution.Bias[o] + (residual is null ? 0 : *residual++);
                *target++ = ScalarActivation.Apply(_convolution.Activation, sum, _convolution.ActivationParameters?[o] ?? 0);
            }
        }
    }
}
