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
    private readonly Correlation<TSimd> _forward;
    private Correlation<TSimd>? _backward;
    private WindowOuterProduct<TSimd>? _products;

    public TransposedTraining(BatchMap input, BatchMap output, ConvolutionWeights weights, int stride, int padding, TrainingWorkers workers)
    {
        (_input, _output, _weights, _geometry, _workers) = (input, output, weights, (stride, padding), workers);
        _forward = new Correlation<TSimd>(input, weights.KernelHeight - 1 - padding, stride, Kernel, 1, (output.Height, output.Width, output.Channels), workers);
    }

    public override long ScratchLength => Math.Max(_forward.ScratchLength, Math.Max(_backward?.ScratchLength ?? 0, _products?.ScratchLength ?? 0));

    private (int Height, int Width) Kernel => (_weights.KernelHeight, _weights.KernelWidth);

    public override void Forward()
    {
        for (var row = 0; row < _weights.KernelHeight; row++)
        {
            for (var k = 0; k < _weights.KernelWidth * _weights.Inputs; k++)
            {
                var (column, channel) = Math.DivRem(k, _weights.Inputs);
                _forward.Pack(row, k, Tap(_weights.Weight, _weights.KernelHeight - 1 - row, _weights.KernelWidth - 1 - column, channel), 1);
            }
        }

        _forward.Run(StoreForward);
    }

    /// <summary>Makes what the backward pass needs, once the plan has set the gradients' maps.</summary>
    public void PrepareBackward(bool parameters)
    {
        var gradient = OutputGradient!;
        if (InputGradients[0] is not null)
        {
            _backward = new Correlation<TSimd>(gradient, _geometry.Padding, 1, Kernel, _geometry.Stride, (_input.Height, _input.Width, _input.Channels), _workers);
        }

        if (parameters)
        {
            _products = new WindowOuterProduct<TSimd>(gradient, _input, _geometry.Padding, Kernel, _geometry.Stride, _workers);
        }
    }

    public override void Backward(bool parameters)
    {
        if (parameters)
        {
            var gradient = OutputGradient!;
            _products!.Run();
            AddWeightGradients();
            if (_weights.BiasGradient is not null)
            {
                Elementwise.AddRows(gradient.Pointer, gradient.Channels, gradient.Pixels, _weights.BiasGradient, gradient.Channels);
            }
        }

        if (_backward is not null)
        {
            PackBackward();
            _backward.Run(StoreBackward);
        }
    }

    public void Dispose()
    {
        _forward.Dispose();
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

    private void StoreForward(int image, int y, float* results)
    {
        var target = _output.Image(image) + (y * _output.RowLength);
        for (var x = 0; x < _output.Width; x++, results += _forward.PanelColumns, target += _output.Channels)
        {
            Elementwise.Put(target, results, _output.Channels, accumulate: false);
            if (_weights.Bias is not null)
            {
                Elementwise.Add(target, _weights.Bias, _output.Channels);
            }
        }
    }

    private void StoreBackward(int image, int y, float* results)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        var target = map.Image(image) + (y * map.RowLength);
        for (var x = 0; x < _input.Width; x++, results += _backward!.PanelColumns, target += _input.Channels)
        {
            Elementwise.Put(target, results, _input.Channels, accumulate);
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
