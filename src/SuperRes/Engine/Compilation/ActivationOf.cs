using SuperRes.Engine.Kernels.Activations;
using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Compilation;

/// <summary>Which activation an operation of the graph is.</summary>
/// <param name="Kind">The kernel's function.</param>
/// <param name="Parameter">Its parameter for a channel.</param>
internal readonly record struct ActivationOf(ActivationKind Kind, Func<int, float> Parameter)
{
    /// <summary>The activation, or null if the operation is something else.</summary>
    public static ActivationOf? Operation(Operation operation, Weights weights) => operation switch
    {
        Relu => new(ActivationKind.Rectifier, _ => 0),
        LeakyRelu leaky => new(ActivationKind.SlopedRectifier, _ => leaky.NegativeSlope),
        Prelu prelu => new(ActivationKind.SlopedRectifier, c => weights[prelu.Slope][c]),
        Sigmoid => new(ActivationKind.Sigmoid, _ => 0),
        Tanh => new(ActivationKind.Tanh, _ => 0),
        Gelu => new(ActivationKind.Gelu, _ => 0),
        _ => null,
    };
}
