using SuperRes.Engine.Kernels.Activations;
using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Compilation;

/// <summary>Takes operations of the graph into a convolution, one after another, as far as its kernel can do them on the way to memory.</summary>
internal sealed class ConvolutionFolder
{
    private readonly Weights _weights;
    private readonly FoldedConvolution _folded;

    public ConvolutionFolder(FoldedConvolution convolution, Weights weights)
    {
        _weights = weights;
        _folded = convolution;
    }

    public FoldedConvolution Result => _folded;

    /// <summary>Whether a residual is added already; nothing linear can follow it in the weights.</summary>
    public bool HasResidual { get; private set; }

    /// <summary>Whether what has been taken in so far is a linear function of the input alone.</summary>
    private bool IsLinear => _folded.Activation == ActivationKind.Identity && !HasResidual;

    /// <summary>Takes one more operation in, if that is possible.</summary>
    /// <returns>False if the operation must be a step of its own.</returns>
    public bool TryFold(Operation operation) => operation switch
    {
        BatchNorm norm => IsLinear && Fold(norm),
        Scale scale => IsLinear && ForEachOutput((o, _) => _folded.ScaleOutput(o, scale.Factor)),
        ChannelScale scale => IsLinear && ForEachOutput((o, c) => _folded.ScaleOutput(o, scale.Factors[c])),
        MeanShift shift => IsLinear && ForEachOutput((o, c) => _folded.Bias[o] += shift.Offsets[c]),
        PixelShuffle shuffle => TryShuffle(shuffle.Factor),
        _ => TryActivate(operation),
    };

    /// <summary>Adds a residual. The pixel shuffle's kernels have no place for one.</summary>
    public bool TryAddResidual() => IsLinear && _folded.Shuffle == 1 && (HasResidual = true);

    private bool TryShuffle(int factor)
    {
        if (_folded.Shuffle > 1 || HasResidual)
        {
            return false;
        }

        _folded.Shuffle = factor;
        return true;
    }

    private bool TryActivate(Operation operation)
    {
        if (_folded.Activation != ActivationKind.Identity || ActivationOf.Operation(operation, _weights) is not { } activation)
        {
            return false;
        }

        _folded.Activation = activation.Kind;
        var parameters = _folded.ActivationParameters = new float[_folded.OutputChannels];
        return ForEachOutput((o, c) => parameters[o] = activation.Parameter(c));
    }

    private bool Fold(BatchNorm norm)
    {
        var (gamma, beta) = (_weights[norm.Gamma], _weights[norm.Beta]);
        var (mean, variance) = (_weights[norm.RunningMean], _weights[norm.RunningVariance]);
        return ForEachOutput((o, c) =>
        {
            var factor = gamma[c] / Math.Sqrt(variance[c] + (double)norm.Epsilon);
            _folded.ScaleOutput(o, factor);
            _folded.Bias[o] += beta[c] - (mean[c] * factor);
        });
    }

    /// <summary>Visits output channels with the channel they become after the pixel shuffle.</summary>
    private bool ForEachOutput(Action<int, int> visit)
    {
        for (var o = 0; o < _folded.OutputChannels; o++)
        {
            visit(o, o / (_folded.Shuffle * _folded.Shuffle));
        }

        return true;
    }
}
