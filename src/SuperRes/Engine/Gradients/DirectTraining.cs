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
    private readonly bool _rectify;
    private readonly (int Stride, int Padding) _geometry;
    private readonly TrainingWorkers _workers;
    private readonly Correlation<TSimd> _forward;
    private readonly ParallelLoop _packForward;
    private readonly Correlation<TSimd>.Sink _storeForward;
    private Correlation<TSimd>? _backward;
    private WindowOuterProduct<TSimd>? _products;

    public DirectTraining(BatchMap input, BatchMap output, ConvolutionWeights weights, bool rectify, int stride, int padding, TrainingWorkers workers)
    {
        (_input, _output, _weights, _rectify, _geometry, _workers) = (input, output, weights, rectify, (stride, padding), workers);
        _forward = new Correlation<TSimd>(input, padding, 1, Kernel, stride, (output.Height, output.Width, output.Channels), workers);
        _packForward = workers.Loop((tapRow, _) => PackForward(tapRow));
        _storeForward = StoreForward;
    }

    public override long ScratchLength => Math.Max(_forward.ScratchLength, Math.Max(_backward?.ScratchLength ?? 0, _products?.ScratchLength ?? 0));

    private (int Height, int Width) Kernel => (_weights.KernelHeight, _weights.KernelWidth);

    /// <summary>Windows of the output's gradient are cheaper when it has fewer channels; strided windows are taken of the input only.</summary>
    private bool TakesGradientWindows => _geometry.Stride == 1 && _output.Channels < _input.Channels;

    /// <summary>Zeros around the output's gradient under a turned kernel.</summary>
    private int TurnedPadding => _weights.KernelHeight - 1 - _geometry.Padding;

    public override bool MasksGradient(int input) => true;

    public override void Forward()
    {
        _packForward.Run(_weights.KernelHeight);
        _forward.Run(_storeForward);
    }

    /// <summary>Makes what the backward pass needs, once the plan has set the gradients' maps.</summary>
    public void PrepareBackward(bool parameters)
    {
        var gradient = OutputGradient!;
        if (InputGradients[0] is not null)
        {
            _backward = new Correlation<TSimd>(gradient, TurnedPadding, _geometry.Stride, Kernel, 1, (_input.Height, _input.Width, _input.Channels), _workers);
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
        var gradient = OutputGradient!;
        if (_rectify && !OutputGradientMasked)
        {
            throw new InvalidOperationException("A rectified convolution's gradient comes masked.");
        }

        if (parameters)
        {
            _products!.Run();
            AddWeightGradients();
            if (_weights.BiasGradient is not null)
            {
                Elementwise.AddRows(gradient.Pointer, gradient.Channels, checked((int)(gradient.Length / gradient.Channels)), _weights.BiasGradient, gradient.Channels);
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

    private void StoreForward(int image, int y, float* results)
    {
        var target = _output.Image(image) + (y * _output.RowLength);
        for (var x = 0; x < _output.Width; x++, results += _forward.PanelColumns)
        {
            for (var c = 0; c < _output.Channels; c++)
            {
                var value = results[c] + (_weights.Bias is null ? 0 : _weights.Bias[c]);
                *target++ = _rectify ? Math.Max(value, 0) : value;
            }
        }
    }

    private void StoreBackward(int image, int y, float* results)
    {
        var target = InputGradients[0]!;
        var row = (image * _input.ImageLength) + (y * _input.RowLength);
        for (var x = 0; x < _input.Width; x++)
        {
            Elementwise.Put(target.Map.Pointer + row + ((nint)x * _input.Channels), results + ((nint)x * _backward!.PanelColumns), _input.Channels, target.Accumulate);
        }

        if (target.Mask is not null)
        {
            Elementwise.Apply(target.Map.Pointer + row, target.Mask.Pointer + row, _input.RowLength);
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
