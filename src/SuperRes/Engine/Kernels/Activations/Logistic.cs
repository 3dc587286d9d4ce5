using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels.Activations;

/// <summary>1 / (1 + exp(-x)).</summary>
internal readonly struct Logistic<TSimd> : IActivation<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd x, TSimd parameter) =>
        TSimd.Broadcast(1) / (TSimd.Broadcast(1) + TSimd.Exp(TSimd.Zero - x));
}
