using SuperRes.Engine.Kernels.Activations;
using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Compilation;

/// <summary>An operation that treats each value alone: f(factor * x + offset) with factor and offset per channel.</summary>
internal sealed record PointwiseOperation(int Channels)
{
    public Func<int, double> Factor { get; init; } = _ => 1;

    public Func<int, double> Offset { get; init; } = _ => 0;

    public ActivationKind Activation { get; init; } = ActivationKind.Identity;

    /// <summary>The activation's parameter of a channel.</summary>
    public Func<int, double> Parameter { get; init; } = _ => 0;

    /// <summary>The operation in this form, or null if it is no such operation.</summary>
    public static PointwiseOperation? Read(Node node, Weights weights)
    {
        var plain = new PointwiseOperation(node.Channels);
        return node.Operation switch
        {
            Scale scale => plain with { Factor = _ => scale.Factor },
            ChannelScale scale => plain with { Factor = c => scale.Factors[c] },
            MeanShift shift => plain with { Offset = c => shift.Offsets[c] },
            BatchNorm norm => plain with { Factor = c => FactorOf(norm, weights, c), Offset = c => weights[norm.Beta][c] - (weights[norm.RunningMean][c] * FactorOf(norm, weights, c)) },
            _ => ActivationOf.Operation(node.Operation, weights) is { } activation
                ? plain with { Activation = activation.Kind, Parameter = c => activation.Parameter(c) }
                : null,
        };
    }

    /// <summary>What a batch norm multiplies a channel by: gamma / sqrt(variance + epsilon).</summary>
    public static double FactorOf(BatchNorm norm, Weights weights, int c) =>
        weights[norm.Gamma][c] / Math.Sqrt(weights[norm.RunningVariance][c] + (double)norm.Epsilon);
}
