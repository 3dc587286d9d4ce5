using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels.Activations;

/// <summary>
/// x Phi(x) = max(x, 0) - |x| erfc(|x| / sqrt 2) / 2, which holds for both signs. erfc is Abramowitz and Stegun 7.1.26, a
/// polynomial of 1 / (1 + p z) times exp(-z²), within 1.5e-7.
/// </summary>
internal readonly struct GaussianErrorLinear<TSimd> : IActivation<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const float InverseRootOfTwo = 0.70710678f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd x, TSimd parameter)
    {
        var magnitude = TSimd.Max(x, TSimd.Zero - x);
        var z = magnitude * TSimd.Broadcast(InverseRootOfTwo);
        var t = TSimd.Broadcast(1) / TSimd.MultiplyAdd(TSimd.Broadcast(0.3275911f), z, TSimd.Broadcast(1));
        var polynomial = TSimd.MultiplyAdd(TSimd.Broadcast(1.061405429f), t, TSimd.Broadcast(-1.453152027f));
        polynomial = TSimd.MultiplyAdd(polynomial, t, TSimd.Broadcast(1.421413741f));
        polynomial = TSimd.MultiplyAdd(polynomial, t, TSimd.Broadcast(-0.284496736f));
        polynomial = TSimd.MultiplyAdd(polynomial, t, TSimd.Broadcast(0.254829592f)) * t;
        var half = magnitude * TSimd.Broadcast(-0.5f);
        return TSimd.MultiplyAdd(half * polynomial, TSimd.Exp(TSimd.Zero - (z * z)), TSimd.Max(x, TSimd.Zero));
    }
}
