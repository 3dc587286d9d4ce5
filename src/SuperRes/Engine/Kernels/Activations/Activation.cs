using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels.Activations;

/// <summary>Activations over values in memory.</summary>
internal static unsafe class Activation<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Adds one pixel's bias and applies the activation, in place.</summary>
    /// <param name="count">Values; a multiple of the vector.</param>
    public static void AddBias(ActivationKind kind, float* values, float* bias, float* parameters, int count)
    {
        switch (kind)
        {
            case ActivationKind.Identity:
                AddBias<Identity<TSimd>>(values, bias, parameters, count);
                break;
            case ActivationKind.Rectifier:
                AddBias<Rectifier<TSimd>>(values, bias, parameters, count);
                break;
            case ActivationKind.SlopedRectifier:
                AddBias<SlopedRectifier<TSimd>>(values, bias, parameters, count);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no kernel for it.");
        }
    }

    private static void AddBias<TActivation>(float* values, float* bias, float* parameters, int count)
        where TActivation : struct, IActivation<TSimd>
    {
        for (var i = 0; i < count; i += TSimd.Count)
        {
            TActivation.Apply(TSimd.Load(values + i) + TSimd.Load(bias + i), TSimd.Load(parameters + i)).Store(values + i);
        }
    }
}
