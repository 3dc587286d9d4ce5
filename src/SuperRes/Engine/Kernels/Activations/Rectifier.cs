using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels.Activations;

/// <summary>max(x, 0).</summary>
internal readonly struct Rectifier<TSimd> : IActivation<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd x, TSimd parameter) => TSimd.Max(x, TSimd.Zero);
}
