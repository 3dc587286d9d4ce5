using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// A transposed convolution: what the input gradient of a convolution is, forwards. Its own input gradient is the
/// convolution, with its stride, and the weight gradient pairs windows of the output's gradient with the input's pixels.
/// </summary>
internal sealed unsafe class TransposedTraining<TSimd> : TrainingStep, IDisposable
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly ConvolutionWeights _weights;
    private readonly (int Stride, int Padding) _geometry;
    private readonly TrainingWorkers _workers;
    private readonly float? _slope;
    private readonly PhasedCorrelation<TSimd> _forward;
    private readonly PhasedCorrelation<TSimd>.Tap _tap;
    private readonly PhasedCorrelation<TSimd>.Sink _storeForward;
    private readonly Correlation<TSimd>.Sink _storeBackward;
    private readonly PartialSums? _biasGradient;
    private Correlation<TSimd>? _backward;
    private WindowOuterProduct<TSimd>? _products;

    public TransposedTraining(BatchMap input, BatchMap output, ConvolutionWeights weights, float? slope, int stride, int padding, TrainingWorkers workers)
    {
        (_input, _output, _weights, _slope, _geometry, _workers) = (input, output, weights, slope, (stride, padding), workers);
        _forward = new PhasedCorrelation<TSimd>(input, padding, Kernel, stride, (output.Height, output.Width, output.Channels), workers);
        _tap = (row, column, channel) => Tap(_weights.Weight, row, column, channel);
        (_storeForward, _storeBackward) = (StoreForward, StoreBackward);
        _biasGradient = weights.BiasGradient is null ? null : new PartialSums(output.Pixels, output.Channels, workers, AddBiasGradient);
    }

    public override long ScratchLength => Math.Max(_forward.ScratchLength, Math.Max(_backward?.ScratchLength ?? 0, _products?.ScratchLength ?? 0));

    private (int Height, int Width) Kernel => (_weights.KernelHeight, _weights.KernelWidth);

    public override bool MasksGradient(int input) => true;

    public override bool ReadsOutput => _slope is not null;

    public override void Forward()
    {
        _forward.Pack(_tap, 1);
        _forward.Run(_storeForward);
    }

    /// <summary>Makes what the backward pass needs, once the plan has set the gradients' maps.</summary>
    public void PrepareBackward(bool parameters)
    {
        var gradient = OutputGradient!;
        if (InputGradients[0] is not null)
        {
            _backward = new Correlation<TSimd>(gradient, (_geometry.Padding, _geometry.Padding), Kernel, _geometry.Stride, (_input.Height, _input.Width, _input.Channels), _workers);
        }

        if (parameters)
        {
            _products = new WindowOuterProduct<TSimd>(gradient, _input, _geometry.Padding, Kernel, _geometry.Stride, _workers);
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
            _backward.Run(_storeBackward);
        }
    }

    public void Dispose()
    {
        _forward.Dispose();
        _biasGradient?.Dispose();
        _backward?.Dispose();
        _products?.Dispose();
    }

    private float* Tap(float* weights, int row, int column, int channel) =>
        weights + (((((nint)row * _weights.KernelWidth) + column) * _weights.Inputs) + channel) * _weights.Columns;

    private void PackBackward()
    {
        for (var row = 0; row < _weights.KernelHeight; row++)
        {
            for (var k = 0; k < _weights.KernelWidth * _weights.Columns; k++)
            {
                var (column, channel) = Math.DivRem(k, _weights.Columns);
                _backward!.Pack(row, k, Tap(_weights.Weight, row, column, 0) + channel, _weights.Columns);
            }
        }
    }

    private void AddBiasGradient(int first, int end, float* sums) =>
        Elementwise.AddRows(OutputGradient!.Pointer + ((nint)first * _output.Channels), _output.Channels, end - first, sums, _output.Channels);

    private void StoreForward(int image, int y, int x, int step, int count, float* results, int resultStride)
    {
        var row = _output.Image(image) + (y * _output.RowLength);
        for (var last = x + (count * step); x < last; x += step, results += resultStride)
        {
            Elementwise.PutRectified(row + ((nint)x * _output.Channels), results, _weights.Bias, _slope ?? 1, _output.Channels);
        }
    }

    private void StoreBackward(int image, int y, float* results)
    {
        var (map, accumulate, mask) = InputGradients[0]!;
        var row = (image * map.ImageLength) + (y * map.RowLength);
        for (var x = 0; x < _input.Width; x++)
        {
            Elementwise.Put(map.Pointer + row + ((nint)x * _input.Channels), results + ((nint)x * _backward!.ResultStride), _input.Channels, accumulate);
        }

        if (mask is not null)
        {
            Elementwise.Apply(map.Pointer + row, mask.Map.Pointer + row, mask.Slope, map.RowLength);
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
                        target[o] += _products![row, (column * _weights.Columns) + o, i];
                    }
                }
            }
        }
    }
}
