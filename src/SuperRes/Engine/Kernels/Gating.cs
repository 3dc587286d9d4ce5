using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>A row of a map times a gate per channel and a gate per pixel, plus a row of another map.</summary>
internal static unsafe class Gating<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <param name="row">Pixels of <paramref name="stride"/> values.</param>
    /// <param name="stride">Values per pixel; a multiple of the vector.</param>
    /// <param name="channelGates">A factor per channel.</param>
    /// <param name="pixelGates">A factor per pixel.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Apply(float* row, int width, int stride, float* channelGates, float* pixelGates, float* target)
    {
        for (var x = 0; x < width; x++, row += stride, target += stride)
        {
            var gate = TSimd.Broadcast(pixelGates[x]);
            for (var c = 0; c < stride; c += TSimd.Count)
            {
                (TSimd.Load(row + c) * (TSimd.Load(channelGates + c) * gate)).Store(target + c);
            }
        }
    }

    /// <summary>The same, and a residual is added.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ApplyAndAdd(float* row, int width, int stride, float* channelGates, float* pixelGates, float* residual, float* target)
    {
        for (var x = 0; x < width; x++, row += stride, residual += stride, target += stride)
        {
            var gate = TSimd.Broadcast(pixelGates[x]);
            for (var c = 0; c < stride; c += TSimd.Count)
            {
                TSimd.MultiplyAdd(TSimd.Load(row + c), TSimd.Load(channelGates + c) * gate, TSimd.Load(residual + c)).Store(target + c);
            }
        }
    }
}
