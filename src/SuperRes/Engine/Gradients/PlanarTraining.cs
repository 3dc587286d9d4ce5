using SuperRes.Engine.Memory;
using SuperRes.Engine.Simd;
using SuperRes.Engine.Threading;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// A convolution between so few channels that vectors run over pixels, such as CBAM's spatial gate (two to one): maps
/// are copied to planes with zeros around them. Channels would fill a small part of a vector.
/// </summary>
internal sealed unsafe class PlanarTraining<TSimd> : TrainingStep, IDisposable
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int MaximalChannels = 4;

    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly ConvolutionWeights _weights;
    private readonly TrainingWorkers _workers;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _weightGradient;
    private readonly ParallelLoop _inputGradient;
    private readonly NativeBuffer _sums;
    private readonly int _paddedWidth;
    private readonly int _rowLength;
    private readonly int _planeLength;

    public PlanarTraining(BatchMap input, BatchMap output, ConvolutionWeights weights, TrainingWorkers workers)
    {
        (_input, _output, _weights, _workers) = (input, output, weights, workers);
        _paddedWidth = (input.Width + Pixels - 1) / Pixels * Pixels;
        _rowLength = _paddedWidth + weights.KernelWidth - 1;
        _planeLength = _rowLength * (input.Height + weights.KernelHeight - 1);
        _sums = new NativeBuffer((long)input.Count * Sums);
        _forward = workers.Loop(ForwardImage);
        _weightGradient = workers.Loop(SumWeightGradient);
        _inputGradient = workers.Loop(InputGradientImage);
    }

    public override long ScratchLength => ((long)(_weights.Inputs + _weights.Columns) * _planeLength) + _paddedWidth + ((long)MaximalChannels * _weights.Taps);

    /// <summary>Pixels computed at once.</summary>
    private static int Pixels => 2 * TSimd.Count;

    /// <summary>An image's sums: a weight's each, then a bias's each.</summary>
    private int Sums => (_weights.Taps * _weights.Inputs * _weights.Columns) + _weights.Columns;

    private (int Y, int X) Padding => (_weights.KernelHeight / 2, _weights.KernelWidth / 2);

    /// <summary>Whether a convolution is one of these: few channels, and a result as large as the input.</summary>
    public static bool Serves(Conv2d convolution) =>
        convolution is { InputChannels: <= MaximalChannels, OutputChannels: <= MaximalChannels, Stride: 1 }
        && convolution.KernelHeight == (2 * convolution.Padding) + 1
        && convolution.KernelWidth == convolution.KernelHeight;

    public override bool ReadsOutput => false;

    public override void Forward() => _forward.Run(_input.Count);

    public override void Backward(bool parameters)
    {
        if (parameters)
        {
            _weightGradient.Run(_input.Count);
            AddWeightGradient();
        }

        if (InputGradients[0] is not null)
        {
            _inputGradient.Run(_input.Count);
        }
    }

    public void Dispose() => _sums.Dispose();

    private void ForwardImage(int image, int worker)
    {
        var planes = _workers.Scratch(worker);
        var row = planes + (_weights.Inputs * _planeLength);
        var kernel = row + _paddedWidth;
        CopyPlanes(_input, image, planes);
        for (var o = 0; o < _weights.Columns; o++)
        {
            for (var i = 0; i < _weights.Inputs; i++)
            {
                for (var tap = 0; tap < _weights.Taps; tap++)
                {
                    kernel[(i * _weights.Taps) + tap] = _weights.Weight[Place(tap, i, o)];
                }
            }

            for (var y = 0; y < _output.Height; y++)
            {
                FilterRow(planes, _weights.Inputs, kernel, _weights.Bias is null ? 0 : _weights.Bias[o], y, row);
                PutChannel(_output, image, y, o, row, accumulate: false);
            }
        }
    }

    /// <summary>The gradient of the input: the output's gradient under the turned kernel.</summary>
    private void InputGradientImage(int image, int worker)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        var planes = _workers.Scratch(worker);
        var row = planes + (_weights.Columns * _planeLength);
        var kernel = row + _paddedWidth;
        CopyPlanes(OutputGradient!, image, planes);
        for (var i = 0; i < _weights.Inputs; i++)
        {
            for (var o = 0; o < _weights.Columns; o++)
            {
                for (var tap = 0; tap < _weights.Taps; tap++)
                {
                    kernel[(o * _weights.Taps) + tap] = _weights.Weight[Place(_weights.Taps - 1 - tap, i, o)];
                }
            }

            for (var y = 0; y < _input.Height; y++)
            {
                FilterRow(planes, _weights.Columns, kernel, 0, y, row);
                PutChannel(map, image, y, i, row, accumulate);
            }
        }
    }

    private void SumWeightGradient(int image, int worker)
    {
        var inputs = _workers.Scratch(worker);
        var gradients = inputs + (_weights.Inputs * _planeLength);
        CopyPlanes(_input, image, inputs);
        CopyPlanes(OutputGradient!, image, gradients);
        var sums = _sums.Pointer + ((nint)image * Sums);
        for (var o = 0; o < _weights.Columns; o++)
        {
            var gradient = gradients + (o * _planeLength) + (Padding.Y * _rowLength) + Padding.X;
            for (var i = 0; i < _weights.Inputs; i++)
            {
                for (var tap = 0; tap < _weights.Taps; tap++)
                {
                    var (row, column) = Math.DivRem(tap, _weights.KernelWidth);
                    sums[Place(tap, i, o)] = SumOfProducts(inputs + (i * _planeLength) + (row * _rowLength) + column, gradient);
                }
            }

            // The zeros around the gradient add nothing.
            sums[Sums - _weights.Columns + o] = Elementwise.Sum(gradients + (o * _planeLength), _planeLength);
        }
    }

    /// <summary>The images' sums, in order.</summary>
    private void AddWeightGradient()
    {
        var weights = Sums - _weights.Columns;
        for (var image = 0; image < _input.Count; image++)
        {
            var sums = _sums.Pointer + ((nint)image * Sums);
            Elementwise.Add(_weights.WeightGradient, sums, weights);
            if (_weights.BiasGradient is not null)
            {
                Elementwise.Add(_weights.BiasGradient, sums + weights, _weights.Columns);
            }
        }
    }

    private int Place(int tap, int input, int output) => (((tap * _weights.Inputs) + input) * _weights.Columns) + output;

    private void CopyPlanes(BatchMap map, int image, float* planes)
    {
        new Span<float>(planes, map.Channels * _planeLength).Clear();
        var source = map.Image(image);
        for (var y = 0; y < map.Height; y++)
        {
            var row = planes + ((y + Padding.Y) * _rowLength) + Padding.X;
            for (var x = 0; x < map.Width; x++)
            {
                for (var c = 0; c < map.Channels; c++)
                {
                    row[(c * _planeLength) + x] = *source++;
                }
            }
        }
    }

    /// <summary>One row of one channel: all planes under their kernels.</summary>
    private void FilterRow(float* planes, int count, float* kernels, float bias, int y, float* target)
    {
        for (var x = 0; x < _paddedWidth; x += Pixels)
        {
            var a = TSimd.Broadcast(bias);
            var b = a;
            var weight = kernels;
            for (var plane = 0; plane < count; plane++)
            {
                var source = planes + (plane * _planeLength) + (y * _rowLength) + x;
                for (var row = 0; row < _weights.KernelHeight; row++, source += _rowLength)
                {
                    for (var column = 0; column < _weights.KernelWidth; column++)
                    {
                        var w = TSimd.Broadcast(*weight++);
                        a = TSimd.MultiplyAdd(TSimd.Load(source + column), w, a);
                        b = TSimd.MultiplyAdd(TSimd.Load(source + column + TSimd.Count), w, b);
                    }
                }
            }

            a.Store(target + x);
            b.Store(target + x + TSimd.Count);
        }
    }

    /// <summary>Over all pixels of an image; beyond a row's end the gradient is zero.</summary>
    private float SumOfProducts(float* input, float* gradient)
    {
        var (a, b) = (TSimd.Zero, TSimd.Zero);
        for (var y = 0; y < _input.Height; y++, input += _rowLength, gradient += _rowLength)
        {
            for (var x = 0; x < _paddedWidth; x += Pixels)
            {
                a = TSimd.MultiplyAdd(TSimd.Load(input + x), TSimd.Load(gradient + x), a);
                b = TSimd.MultiplyAdd(TSimd.Load(input + x + TSimd.Count), TSimd.Load(gradient + x + TSimd.Count), b);
            }
        }

        return TSimd.Sum(a + b);
    }

    private static void PutChannel(BatchMap map, int image, int y, int channel, float* values, bool accumulate)
    {
        var target = map.Image(image) + (y * map.RowLength) + channel;
        for (var x = 0; x < map.Width; x++, target += map.Channels)
        {
            *target = accumulate ? *target + values[x] : values[x];
        }
    }
}
