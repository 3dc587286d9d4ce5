using SuperRes.Engine.Simd;
using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// A convolution of any kernel, stride and number of channels in training. The gradient of the weights takes windows on
/// the side with fewer channels, where they are cheap: of the input, or of the output's gradient.
/// </summary>
internal sealed unsafe class DirectTraining<TSimd> : TrainingStep, IDisposable
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly ConvolutionWeights _weights;
    private readonly float? _slope;
    private readonly (int Stride, int Padding) _geometry;
    private readonly TrainingWorkers _workers;
    private readonly Correlation<TSimd> _forward;
    private readonly ParallelLoop _packForward;
    private readonly Correlation<TSimd>.Sink _storeForward;
    private readonly PartialSums? _biasGradient;
    private Correlation<TSimd>? _backward;
    private Correlation<TSimd>.Sink? _storeBackward;
    private PhasedCorrelation<TSimd>? _backwardPhases;
    private PhasedCorrelation<TSimd>.Sink? _storePhases;
    private PhasedCorrelation<TSimd>.Tap? _tap;
    private WindowOuterProduct<TSimd>? _products;

    public DirectTraining(BatchMap input, BatchMap output, ConvolutionWeights weights, float? slope, int stride, int padding, TrainingWorkers workers)
    {
        (_input, _output, _weights, _slope, _geometry, _workers) = (input, output, weights, slope, (stride, padding), workers);
        _forward = new Correlation<TSimd>(input, (padding, padding), Kernel, stride, (output.Height, output.Width, output.Channels), workers);
        _packForward = workers.Loop((tapRow, _) => PackForward(tapRow));
        _storeForward = StoreForward;
        _biasGradient = weights.BiasGradient is null ? null : new PartialSums(output.Pixels, output.Channels, workers, AddBiasGradient);
    }

    public override long ScratchLength => new[]
    {
        _forward.ScratchLength, _backward?.ScratchLength ?? 0, _backwardPhases?.ScratchLength ?? 0, _products?.ScratchLength ?? 0,
    }.Max();

    private (int Height, int Width) Kernel => (_weights.KernelHeight, _weights.KernelWidth);

    /// <summary>Windows of the output's gradient are cheaper when it has fewer channels; strided windows are taken of the input only.</summary>
    private bool TakesGradientWindows => _geometry.Stride == 1 && _output.Channels < _input.Channels;

    /// <summary>Zeros around the output's gradient under a turned kernel.</summary>
    private int TurnedPadding => _weights.KernelHeight - 1 - _geometry.Padding;

    public override bool MasksGradient(int input) => true;

    public override bool ReadsOutput => _slope is not null;

    public override void Forward()
    {
        _packForward.Run(_weights.KernelHeight);
        _forward.Run(_storeForward);
    }

    /// <summary>Makes what the backward pass needs, once the plan has set the gradients' maps.</summary>
    public void PrepareBackward(bool parameters)
    {
        var gradient = OutputGradient!;
        var result = (_input.Height, _input.Width, _input.Channels);
        if (InputGradients[0] is not null && _geometry.Stride == 1)
        {
            var backward = _backward = new Correlation<TSimd>(gradient, (TurnedPadding, TurnedPadding), Kernel, 1, result, _workers);
            _storeBackward = (image, y, results) => StoreBackward(image, y, 0, 1, _input.Width, results, backward.ResultStride);
        }
        else if (InputGradients[0] is not null)
        {
            _backwardPhases = new PhasedCorrelation<TSimd>(gradient, _geometry.Padding, Kernel, _geometry.Stride, result, _workers);
            (_storePhases, _tap) = (StoreBackward, (row, column, channel) => Tap(_weights.Weight, row, column, 0) + channel);
        }

        if (parameters)
        {
            _products = TakesGradientWindows
                ? new WindowOuterProduct<TSimd>(gradient, _input, TurnedPadding, Kernel, 1, _workers)
                : new WindowOuterProduct<TSimd>(_input, gradient, _geometry.Padding, Kernel, _geometry.Stride, _workers);
        }
    }

    public override void Backward(bool parameters)
    {
        if (_slope is not null && !OutputGradientMasked)
        {
            throw new InvalidOperationException("A rectified convolution's gradient comes masked.");
        }

        if (parameters)
        {
            _products!.Run();
            AddWeightGradients();
            if (_biasGradient is not null)
            {
                Elementwise.Add(_weights.BiasGradient, _biasGradient.Run(), _output.Channels);
            }
        }

        if (_backward is not null)
        {
            PackBackward();
            _backward.Run(_storeBackward!);
        }
        else if (_backwardPhases is not null)
        {
            _backwardPhases.Pack(_tap!, _weights.Columns);
            _backwardPhases.Run(_storePhases!);
        }
    }

    public void Dispose()
    {
        _forward.Dispose();
        _biasGradient?.Dispose();
        _backward?.Dispose();
        _backwardPhases?.Dispose();
        _products?.Dispose();
    }

    private float* Tap(float* weights, int row, int column, int channel) =>
        weights + (((((nint)row * _weights.KernelWidth) + column) * _weights.Inputs) + channel) * _weights.Columns;

    private void PackForward(int tapRow)
    {
        for (var k = 0; k < _weights.KernelWidth * _weights.Inputs; k++)
        {
            _forward.Pack(tapRow, k, Tap(_weights.Weight, tapRow, k / _weights.Inputs, k % _weights.Inputs), 1);
        }
    }

    /// <summary>The kernel turned by half a turn, from output channels to input channels.</summary>
    private void PackBackward()
    {
        for (var row = 0; row < _weights.KernelHeight; row++)
        {
            for (var k = 0; k < _weights.KernelWidth * _weights.Columns; k++)
            {
                var (column, channel) = Math.DivRem(k, _weights.Columns);
                _backward!.Pack(row, k, Tap(_weights.Weight, _weights.KernelHeight - 1 - row, _weights.KernelWidth - 1 - column, 0) + channel, _weights.Columns);
            }
        }
    }

    private void AddBiasGradient(int first, int end, float* sums) =>
        Elementwise.AddRows(OutputGradient!.Pointer + ((nint)first * _output.Channels), _output.Channels, end - first, sums, _output.Channels);

    private void StoreForward(int image, int y, float* results)
    {
        var target = _output.Image(image) + (y * _output.RowLength);
        for (var x = 0; x < _output.Width; x++, results += _forward.ResultStride, target += _output.Channels)
        {
            Elementwise.PutRectified(target, results, _weights.Bias, _slope ?? 1, _output.Channels);
        }
    }

    private void StoreBackward(int image, int y, int x, int step, int count, float* results, int resultStride)
    {
        var (map, accumulate, mask) = InputGradients[0]!;
        var start = (image * _input.ImageLength) + (y * _input.RowLength);
        for (var last = x + (count * step); x < last; x += step, results += resultStride)
        {
            var place = start + ((nint)x * _input.Channels);
            Elementwise.Put(map.Pointer + place, results, _input.Channels, accumulate);
            if (mask is not null)
            {
                Elementwise.Apply(map.Pointer + place, mask.Map.Pointer + place, mask.Slope, _input.Channels);
            }
        }
    }

    private void AddWeightGradients()
    {
        for (var row = 0; row < _weights.KernelHeight; row++)
        {
            for (var column = 0; column < _weights.KernelWidth; column++)
            {
                for (var i = 0; i < _weights.Inputs; i++)
                {
                    var target = Tap(_weights.WeightGradient, row, column, i);
                    for (var o = 0; o < _weights.Columns; o++)
                    {
                        target[o] += TakesGradientWindows
                            ? _products![_weights.KernelHeight - 1 - row, ((_weights.KernelWidth - 1 - column) * _weights.Columns) + o, i]
                            : _products![row, (column * _weights.Inputs) + i, o];
                    }
                }
            }
        }
    }
}
