using SuperRes.Engine.Kernels.Activations;
using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Compilation;

/// <summary>Takes operations of the graph into a convolution, one after another, as far as its kernel can do them on the way to memory.</summary>
internal sealed class ConvolutionFolder
{
    private readonly Weights _weights;
    private readonly FoldedConvolution _folded;

    public ConvolutionFolder(Conv2d convolution, Weights weights)
    {
        _weights = weights;
        _folded = new FoldedConvolution
        {
            Weight = Array.ConvertAll(weights[convolution.Weight], value => (double)value),
            Bias = convolution.Bias is null ? new double[convolution.OutputChannels] : Array.ConvertAll(weights[convolution.Bias], value => (double)value),
            OutputChannels = convolution.OutputChannels,
            InputChannels = convolution.InputChannels,
            KernelHeight = convolution.KernelHeight,
            KernelWidth = convolution.KernelWidth,
            Stride = convolution.Stride,
            Padding = convolution.Padding,
        };
    }

    public FoldedConvolution Result => _folded;

    /// <summary>Whether a residual is added already; nothing linear can follow it in the weights.</summary>
    public bool HasResidual { get; private set; }

    private bool IsLinear => _folded.Activation == ActivationKind.Identity && !HasResidual;

    /// <summary>Takes one more operation in, if that is possible.</summary>
    /// <returns>False if the operation must be a step of its own.</returns>
    public bool TryFold(Operation operation)
    {
        switch (operation)
        {
            case BatchNorm norm when IsLinear:
                Fold(norm);
                return true;
            case Scale scale when IsLinear:
                ForEachOutput((o, _) => _folded.ScaleOutput(o, scale.Factor));
                return true;
            case MeanShift shift when IsLinear:
                ForEachOutput((o, c) => _folded.Bias[o] += shift.Offsets[c]);
                return true;
            case PixelShuffle shuffle when _folded.Shuffle == 1 && !HasResidual:
                _folded.Shuffle = shuffle.Factor;
                return true;
            case Relu when IsLinear:
                _folded.Activation = ActivationKind.Rectifier;
                return true;
            case LeakyRelu leaky when IsLinear:
                Fold(_ => leaky.NegativeSlope);
                return true;
            case Prelu prelu when IsLinear:
                var slopes = _weights[prelu.Slope];
                Fold(c => slopes[c]);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Adds a residual as the last thing. The pixel shuffle's kernels have no place for one.</summary>
    public bool TryAddResidual() => _folded.Shuffle == 1 && !HasResidual && (HasResidual = true);

    private void Fold(BatchNorm norm)
    {
        var (gamma, beta) = (_weights[norm.Gamma], _weights[norm.Beta]);
        var (mean, variance) = (_weights[norm.RunningMean], _weights[norm.RunningVariance]);
        ForEachOutput((o, c) =>
        {
            var factor = gamma[c] / Math.Sqrt(variance[c] + (double)norm.Epsilon);
            _folded.ScaleOutput(o, factor);
            _folded.Bias[o] += beta[c] - (mean[c] * factor);
        });
    }

    private void Fold(Func<int, float> slope)
    {
        _folded.Activation = ActivationKind.SlopedRectifier;
        var parameters = _folded.ActivationParameters = new float[_folded.OutputChannels];
        ForEachOutput((o, c) => parameters[o] = slope(c));
    }

    /// <summary>Visits output channels with the channel they become after the pixel shuffle.</summary>
    private void ForEachOutput(Action<int, int> visit)
    {
        for (var o = 0; o < _folded.OutputChannels; o++)
        {
            visit(o, o / (_folded.Shuffle * _folded.Shuffle));
        }
    }
}
