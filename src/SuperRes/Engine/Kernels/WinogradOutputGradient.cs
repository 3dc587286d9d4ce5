using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// The transpose of Winograd's output transform, A y Aᵀ: what a 4x4 tile of output gradients means for the 36 products.
/// Summed over tiles against the transformed inputs it gives the gradient of the transformed filter.
/// </summary>
/// <remarks>
/// Rows 1, 2 and 3, 4 of A differ only in signs, so the rows are made in the groups {0}, {1, 2}, {3, 4}, {5}. Each group is
/// a method of its own, because the JIT stops inlining in methods of many operations.
/// </remarks>
internal static unsafe class WinogradOutputGradient<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <param name="rows">The tile's four rows, each at its first pixel; what lies outside the map is zero there.</param>
    /// <param name="pixelStride">Floats from a pixel to the next.</param>
    /// <param name="target">The first position's values of this tile; the channels lie one after another.</param>
    /// <param name="positionStride">Floats from one of the 36 positions to the next.</param>
    public static void Transform(float** rows, nint pixelStride, int channels, float* target, nint positionStride)
    {
        var rowStride = WinogradMath.Window * positionStride;
        OuterRow(rows[0], pixelStride, channels, target, positionStride);
        Rows12(rows[0], rows[1], rows[2], rows[3], pixelStride, channels, target + rowStride, positionStride);
        Rows34(rows[0], rows[1], rows[2], rows[3], pixelStride, channels, target + (3 * rowStride), positionStride);
        OuterRow(rows[3], pixelStride, channels, target + (5 * rowStride), positionStride);
    }

    /// <summary>Rows 0 and 5 of A: the first and the last row of the tile.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void OuterRow(float* y, nint stride, int channels, float* target, nint positionStride)
    {
        for (var end = y + channels; y < end; y += TSimd.Count, target += TSimd.Count)
        {
            StoreRow(TSimd.Load(y), TSimd.Load(y + stride), TSimd.Load(y + (2 * stride)), TSimd.Load(y + (3 * stride)), target, positionStride);
        }
    }

    /// <summary>(y0 + y2) ± (y1 + y3).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Rows12(float* y0, float* y1, float* y2, float* y3, nint stride, int channels, float* target, nint positionStride)
    {
        for (var end = y0 + channels; y0 < end; y0 += TSimd.Count, y1 += TSimd.Count, y2 += TSimd.Count, y3 += TSimd.Count, target += TSimd.Count)
        {
            Pair12(y0, y1, y2, y3, out var p0, out var m0);
            Pair12(y0 + stride, y1 + stride, y2 + stride, y3 + stride, out var p1, out var m1);
            Pair12(y0 + (2 * stride), y1 + (2 * stride), y2 + (2 * stride), y3 + (2 * stride), out var p2, out var m2);
            Pair12(y0 + (3 * stride), y1 + (3 * stride), y2 + (3 * stride), y3 + (3 * stride), out var p3, out var m3);
            StoreRow(p0, p1, p2, p3, target, positionStride);
            StoreRow(m0, m1, m2, m3, target + (WinogradMath.Window * positionStride), positionStride);
        }
    }

    /// <summary>(y0 + 4 y2) ± 2 (y1 + 4 y3).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Rows34(float* y0, float* y1, float* y2, float* y3, nint stride, int channels, float* target, nint positionStride)
    {
        for (var end = y0 + channels; y0 < end; y0 += TSimd.Count, y1 += TSimd.Count, y2 += TSimd.Count, y3 += TSimd.Count, target += TSimd.Count)
        {
            Pair34(y0, y1, y2, y3, out var p0, out var m0);
            Pair34(y0 + stride, y1 + stride, y2 + stride, y3 + stride, out var p1, out var m1);
            Pair34(y0 + (2 * stride), y1 + (2 * stride), y2 + (2 * stride), y3 + (2 * stride), out var p2, out var m2);
            Pair34(y0 + (3 * stride), y1 + (3 * stride), y2 + (3 * stride), y3 + (3 * stride), out var p3, out var m3);
            StoreRow(p0, p1, p2, p3, target, positionStride);
            StoreRow(m0, m1, m2, m3, target + (WinogradMath.Window * positionStride), positionStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair12(float* y0, float* y1, float* y2, float* y3, out TSimd plus, out TSimd minus) =>
        Pair12(TSimd.Load(y0), TSimd.Load(y1), TSimd.Load(y2), TSimd.Load(y3), out plus, out minus);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair12(TSimd y0, TSimd y1, TSimd y2, TSimd y3, out TSimd plus, out TSimd minus)
    {
        var (even, odd) = (y0 + y2, y1 + y3);
        plus = even + odd;
        minus = even - odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair34(float* y0, float* y1, float* y2, float* y3, out TSimd plus, out TSimd minus) =>
        Pair34(TSimd.Load(y0), TSimd.Load(y1), TSimd.Load(y2), TSimd.Load(y3), out plus, out minus);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair34(TSimd y0, TSimd y1, TSimd y2, TSimd y3, out TSimd plus, out TSimd minus)
    {
        var four = TSimd.Broadcast(4);
        var even = TSimd.MultiplyAdd(four, y2, y0);
        var odd = TSimd.MultiplyAdd(four, y3, y1);
        plus = TSimd.MultiplyAdd(TSimd.Broadcast(2), odd, even);
        minus = TSimd.MultiplyAdd(TSimd.Broadcast(-2), odd, even);
    }

    /// <summary>A along x, and the six results to their positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(TSimd y0, TSimd y1, TSimd y2, TSimd y3, float* target, nint positionStride)
    {
        y0.Store(target);
        Pair12(y0, y1, y2, y3, out var plus, out var minus);
        plus.Store(target + positionStride);
        minus.Store(target + (2 * positionStride));
        Pair34(y0, y1, y2, y3, out plus, out minus);
        plus.Store(target + (3 * positionStride));
        minus.Store(target + (4 * positionStride));
        y3.Store(target + (5 * positionStride));
    }
}
