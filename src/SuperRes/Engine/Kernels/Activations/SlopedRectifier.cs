using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels.Activations;

/// <summary>x where positive, the channel's slope times x elsewhere: leaky ReLU and PReLU.</summary>
internal readonly struct SlopedRectifier<TSimd> : IActivation<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd Apply(TSimd x, TSimd parameter) =>
        TSimd.MultiplyAdd(parameter, TSimd.Min(x, TSimd.Zero), TSimd.Max(x, TSimd.Zero));
}
