using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels.Activations;

/// <summary>tanh(x) = 1 - 2 / (exp(2x) + 1): within 2e-7 of it everywhere, though not relatively so near 0.</summary>
internal readonly struct HyperbolicTangent<TSimd> : IActivation<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd x, TSimd parameter) =>
        TSimd.Broadcast(1) - (TSimd.Broadcast(2) / (TSimd.Exp(x + x) + TSimd.Broadcast(1)));
}
