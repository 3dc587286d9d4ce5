namespace SuperRes.Engine.Kernels.Activations;

/// <summary>The functions that kernels apply as they store.</summary>
internal enum ActivationKind
{
    Identity,
    Rectifier,
    SlopedRectifier,
    Sigmoid,
    Tanh,
    Gelu,
}
