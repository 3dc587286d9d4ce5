using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>Winograd's input transform Bᵀ d B of a 6x6 window, for all channels (mathematics: <see cref="WinogradMath"/>).</summary>
/// <remarks>
/// Bᵀ along y comes first. Its rows 1, 2 and 3, 4 differ only in signs, so the rows are made in the groups {0}, {1, 2},
/// {3, 4}, {5}: a group needs at most 12 live vectors, and no intermediate goes to memory where there are 32 registers.
/// Each group is a method of its own, because the JIT stops inlining in methods of many operations.
/// </remarks>
internal static unsafe class WinogradInput<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <param name="rows">The window's six rows, each at its first pixel.</param>
    /// <param name="pixelStride">Floats from a pixel to the next.</param>
    /// <param name="target">The first position's values of this tile; the channels lie one after another.</param>
    /// <param name="positionStride">Floats from one of the 36 positions to the next.</param>
    public static void Transform(float** rows, nint pixelStride, int channels, float* target, nint positionStride)
    {
        var rowStride = WinogradMath.Window * positionStride;
        OuterRow(rows[0], rows[2], rows[4], pixelStride, channels, target, positionStride);
        Rows12(rows[1], rows[2], rows[3], rows[4], pixelStride, channels, target + rowStride, positionStride);
        Rows34(rows[1], rows[2], rows[3], rows[4], pixelStride, channels, target + (3 * rowStride), positionStride);
        OuterRow(rows[1], rows[3], rows[5], pixelStride, channels, target + (5 * rowStride), positionStride);
    }

    /// <summary>Row 0 of Bᵀ, 4 -5 1 on every second element; row 5 is the same one element further.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void OuterRow(float* x, float* y, float* z, nint stride, int channels, float* target, nint positionStride)
    {
        for (var end = x + channels; x < end; x += TSimd.Count, y += TSimd.Count, z += TSimd.Count, target += TSimd.Count)
        {
            var d0 = Outer(TSimd.Load(x), TSimd.Load(y), TSimd.Load(z));
            var d1 = Outer(TSimd.Load(x + stride), TSimd.Load(y + stride), TSimd.Load(z + stride));
            var d2 = Outer(TSimd.Load(x + (2 * stride)), TSimd.Load(y + (2 * stride)), TSimd.Load(z + (2 * stride)));
            var d3 = Outer(TSimd.Load(x + (3 * stride)), TSimd.Load(y + (3 * stride)), TSimd.Load(z + (3 * stride)));
            var d4 = Outer(TSimd.Load(x + (4 * stride)), TSimd.Load(y + (4 * stride)), TSimd.Load(z + (4 * stride)));
            var d5 = Outer(TSimd.Load(x + (5 * stride)), TSimd.Load(y + (5 * stride)), TSimd.Load(z + (5 * stride)));
            StoreRow(d0, d1, d2, d3, d4, d5, target, positionStride);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Rows12(float* r1, float* r2, float* r3, float* r4, nint stride, int channels, float* target, nint positionStride)
    {
        for (var end = r1 + channels; r1 < end; r1 += TSimd.Count, r2 += TSimd.Count, r3 += TSimd.Count, r4 += TSimd.Count, target += TSimd.Count)
        {
            Pair12(r1, r2, r3, r4, out var a0, out var b0);
            Pair12(r1 + stride, r2 + stride, r3 + stride, r4 + stride, out var a1, out var b1);
            Pair12(r1 + (2 * stride), r2 + (2 * stride), r3 + (2 * stride), r4 + (2 * stride), out var a2, out var b2);
            Pair12(r1 + (3 * stride), r2 + (3 * stride), r3 + (3 * stride), r4 + (3 * stride), out var a3, out var b3);
            Pair12(r1 + (4 * stride), r2 + (4 * stride), r3 + (4 * stride), r4 + (4 * stride), out var a4, out var b4);
            Pair12(r1 + (5 * stride), r2 + (5 * stride), r3 + (5 * stride), r4 + (5 * stride), out var a5, out var b5);
            StoreRow(a0, a1, a2, a3, a4, a5, target, positionStride);
            StoreRow(b0, b1, b2, b3, b4, b5, target + (WinogradMath.Window * positionStride), positionStride);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Rows34(float* r1, float* r2, float* r3, float* r4, nint stride, int channels, float* target, nint positionStride)
    {
        for (var end = r1 + channels; r1 < end; r1 += TSimd.Count, r2 += TSimd.Count, r3 += TSimd.Count, r4 += TSimd.Count, target += TSimd.Count)
        {
            Pair34(r1, r2, r3, r4, out var a0, out var b0);
            Pair34(r1 + stride, r2 + stride, r3 + stride, r4 + stride, out var a1, out var b1);
            Pair34(r1 + (2 * stride), r2 + (2 * stride), r3 + (2 * stride), r4 + (2 * stride), out var a2, out var b2);
            Pair34(r1 + (3 * stride), r2 + (3 * stride), r3 + (3 * stride), r4 + (3 * stride), out var a3, out var b3);
            Pair34(r1 + (4 * stride), r2 + (4 * stride), r3 + (4 * stride), r4 + (4 * stride), out var a4, out var b4);
            Pair34(r1 + (5 * stride), r2 + (5 * stride), r3 + (5 * stride), r4 + (5 * stride), out var a5, out var b5);
            StoreRow(a0, a1, a2, a3, a4, a5, target, positionStride);
            StoreRow(b0, b1, b2, b3, b4, b5, target + (WinogradMath.Window * positionStride), positionStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd Outer(TSimd d0, TSimd d2, TSimd d4) =>
        TSimd.MultiplyAdd(TSimd.Broadcast(4), d0, TSimd.MultiplyAdd(TSimd.Broadcast(-5), d2, d4));

    /// <summary>Rows 1 and 2 of Bᵀ: (d4 - 4 d2) ± (d3 - 4 d1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair12(float* r1, float* r2, float* r3, float* r4, out TSimd plus, out TSimd minus) =>
        Pair12(TSimd.Load(r1), TSimd.Load(r2), TSimd.Load(r3), TSimd.Load(r4), out plus, out minus);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair12(TSimd d1, TSimd d2, TSimd d3, TSimd d4, out TSimd plus, out TSimd minus)
    {
        var four = TSimd.Broadcast(-4);
        var even = TSimd.MultiplyAdd(four, d2, d4);
        var odd = TSimd.MultiplyAdd(four, d1, d3);
        plus = even + odd;
        minus = even - odd;
    }

    /// <summary>Rows 3 and 4 of Bᵀ: (d4 - d2) ± 2 (d3 - d1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair34(float* r1, float* r2, float* r3, float* r4, out TSimd plus, out TSimd minus) =>
        Pair34(TSimd.Load(r1), TSimd.Load(r2), TSimd.Load(r3), TSimd.Load(r4), out plus, out minus);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair34(TSimd d1, TSimd d2, TSimd d3, TSimd d4, out TSimd plus, out TSimd minus)
    {
        var even = d4 - d2;
        var odd = d3 - d1;
        plus = TSimd.MultiplyAdd(TSimd.Broadcast(2), odd, even);
        minus = TSimd.MultiplyAdd(TSimd.Broadcast(-2), odd, even);
    }

    /// <summary>Bᵀ along x, and the six results to their positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(TSimd d0, TSimd d1, TSimd d2, TSimd d3, TSimd d4, TSimd d5, float* target, nint positionStride)
    {
        Outer(d0, d2, d4).Store(target);
        Pair12(d1, d2, d3, d4, out var t1, out var t2);
        t1.Store(target + positionStride);
        t2.Store(target + (2 * positionStride));
        Pair34(d1, d2, d3, d4, out var t3, out var t4);
        t3.Store(target + (3 * positionStride));
        t4.Store(target + (4 * positionStride));
        Outer(d1, d3, d5).Store(target + (5 * positionStride));
    }
}
