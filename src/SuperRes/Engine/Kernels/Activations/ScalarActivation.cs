using SuperRes.Engine.Reference;

namespace SuperRes.Engine.Kernels.Activations;

/// <summary>Activations one value at a time, where results are few; the reference of the vector kernels.</summary>
internal static class ScalarActivation
{
    public static float Apply(ActivationKind kind, float x, float parameter) => kind switch
    {
        ActivationKind.Identity => x,
        ActivationKind.Rectifier => MathF.Max(x, 0),
        ActivationKind.SlopedRectifier => x > 0 ? x : parameter * x,
        ActivationKind.Sigmoid => 1 / (1 + MathF.Exp(-x)),
        ActivationKind.Tanh => MathF.Tanh(x),
        ActivationKind.Gelu => (float)ReferenceMath.Gelu(x),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown activation."),
    };
}
