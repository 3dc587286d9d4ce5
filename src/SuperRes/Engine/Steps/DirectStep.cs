using SuperRes.Engine.Compilation;
using SuperRes.Engine.Kernels;
using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>
/// A convolution of any kernel and stride as a matrix product. Pixels of a row lie one after another, so the Kw pixels
/// under a row of the kernel are one run of Kw * C values, and the next output pixel's run begins a stride further: the
/// product reads the map where it is, without gathering columns.
/// </summary>
internal sealed unsafe class DirectStep<TSimd> : RowStep
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Pixels = PanelGemm<TSimd>.RowMultiple;

    private readonly FoldedConvolution _convolution;
    private readonly ChannelLayout _layout;
    private readonly NativeBuffer _weights;
    private readonly NativeBuffer _bias;
    private readonly NativeBuffer _parameters;

    public DirectStep(FoldedConvolution convolution)
    {
        _convolution = convolution;
        _layout = new ChannelLayout(convolution);
        _weights = Pack(convolution, _layout);
        _bias = Packing.Vector(_layout, o => convolution.Bias[o]);
        _parameters = Packing.Vector(_layout, o => convolution.ActivationParameters?[o] ?? 0);
    }

    public override int RowMultiple => _layout.Shuffle;

    private int InputStride => Packing.PixelStride(_convolution.InputChannels);

    private int RunLength => _convolution.KernelWidth * InputStride;

    /// <summary>Pixels of an input row under a block of output pixels.</summary>
    private int WindowWidth => ((Pixels - 1) * _convolution.Stride) + _convolution.KernelWidth;

    public override RowRange InputRows(int input, RowRange output)
    {
        if (input > 0)
        {
            return output;
        }

        var (first, last) = (RowRange.FloorDivide(output.Start, _layout.Shuffle), RowRange.FloorDivide(output.End - 1, _layout.Shuffle));
        return new RowRange(
            (first * _convolution.Stride) - _convolution.Padding,
            (last * _convolution.Stride) - _convolution.Padding + _convolution.KernelHeight);
    }

    public override long ScratchLength(MapShape output) =>
        ((long)Pixels * _layout.Columns) + ((long)_convolution.KernelHeight * WindowWidth * InputStride);

    public override double CostPerRow(MapShape output) =>
        (double)output.Width * output.Channels * _convolution.InputChannels * _convolution.KernelHeight * _convolution.KernelWidth;

    protected override void ComputeRow(Frame frame, int firstRow, float* scratch)
    {
        var input = frame.Maps[Inputs[0]];
        var output = frame.Maps[Output];
        var y = firstRow / _layout.Shuffle;
        var patch = scratch + (Pixels * _layout.Columns);
        var runs = stackalloc float*[_convolution.KernelHeight];
        var kernelRows = stackalloc int[_convolution.KernelHeight];
        for (var x = 0; x < output.Width / _layout.Shuffle; x += Pixels)
        {
            var count = Window.Collect(
                input, (y * _convolution.Stride) - _convolution.Padding, (x * _convolution.Stride) - _convolution.Padding,
                _convolution.KernelHeight, WindowWidth, patch, runs, kernelRows);
            var width = Math.Min(Pixels, (output.Width / _layout.Shuffle) - x);
            // Whole blocks of what is neither shuffled nor packed are made where they belong.
            var inPlace = width == Pixels && output.PixelStride == _layout.Columns;
            var results = inPlace ? output.Row(y) + ((nint)x * output.PixelStride) : scratch;
            Multiply(runs, kernelRows, count, results);
            if (Inputs.Count > 1)
            {
                AddResidual(frame.Maps[Inputs[1]], results, y, x, width);
            }

            Activation<TSimd>.ApplyToRows(_convolution.Activation, results, Pixels, _bias.Pointer, _parameters.Pointer, _layout.Columns);
            if (!inPlace)
            {
                PixelStore.Scatter(_layout, results, Pixels, output, y, x, 1, width);
            }
        }
    }

    public override void Dispose()
    {
        _weights.Dispose();
        _bias.Dispose();
        _parameters.Dispose();
    }

    /// <summary>Panel by panel of output channels; within a panel the kernel's rows, each a matrix of Kw * C rows.</summary>
    private static NativeBuffer Pack(FoldedConvolution convolution, ChannelLayout layout)
    {
        var stride = Packing.PixelStride(convolution.InputChannels);
        var depth = convolution.KernelHeight * convolution.KernelWidth * stride;
        var buffer = new NativeBuffer((long)depth * layout.Columns);
        for (var column = 0; column < layout.Columns; column++)
        {
            var o = layout.Source(column);
            for (var i = 0; o >= 0 && i < convolution.InputChannels; i++)
            {
                var filter = convolution.Filter(o, i);
                for (var tap = 0; tap < filter.Length; tap++)
                {
                    buffer.Pointer[Packing.PanelOffset((tap * stride) + i, column, depth, layout.Columns, PanelGemm<TSimd>.MaximalColumns)] = (float)filter[tap];
                }
            }
        }

        return buffer;
    }

    private void Multiply(float** runs, int* kernelRows, int count, float* results)
    {
        var depth = _convolution.KernelHeight * RunLength;
        var weights = stackalloc float*[_convolution.KernelHeight];
        for (var column = 0; column < _layout.Columns; column += PanelGemm<TSimd>.MaximalColumns)
        {
            var width = Math.Min(PanelGemm<TSimd>.MaximalColumns, _layout.Columns - column);
            var panel = _weights.Pointer + ((nint)column * depth);
            for (var run = 0; run < count; run++)
            {
                weights[run] = panel + ((nint)kernelRows[run] * RunLength * width);
            }

            PanelGemm<TSimd>.Panel(width, runs, weights, count, (nint)_convolution.Stride * InputStride, RunLength, results + column, _layout.Columns);
        }
    }

    private void AddResidual(in RowMap residual, float* results, int y, int x, int width)
    {
        foreach (var run in _layout.Runs)
        {
            var source = residual.Row((y * _layout.Shuffle) + run.Row) + ((nint)x * _layout.Shuffle * residual.PixelStride) + run.Offset;
            for (var pixel = 0; pixel < width; pixel++, source += _layout.Shuffle * residual.PixelStride)
            {
                var target = results + (pixel * _layout.Columns) + run.Column;
                for (var i = 0; i < run.Length; i++)
                {
                    target[i] += source[i];
                }
            }
        }
    }
}
