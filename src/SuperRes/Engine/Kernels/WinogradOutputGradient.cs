using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// The transpose of Winograd's output transform, A y Aᵀ: what a 4x4 tile of output gradients means for the 36 products.
/// Summed over tiles against the transformed inputs it gives the gradient of the transformed filter.
/// </summary>
/// <remarks>Rows 1, 2 and 3, 4 of A differ only in signs, so the rows are made in the groups {0}, {1, 2}, {3, 4}, {5}.</remarks>
internal static unsafe class WinogradOutputGradient<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <param name="rows">The tile's four rows, each at its first pixel; rows outside the map point to zeros.</param>
    /// <param name="pixelStride">Floats from a pixel to the next.</param>
    /// <param name="width">Columns of the tile that lie within the map, 1 to 4; the others count as zero.</param>
    /// <param name="target">The first position's values of this tile; the channels lie one after another.</param>
    /// <param name="positionStride">Floats from one of the 36 positions to the next.</param>
    public static void Transform(float** rows, nint pixelStride, int width, int channels, float* target, nint positionStride)
    {
        float* r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3];
        var rowStride = WinogradMath.Window * positionStride;
        for (var c = 0; c < channels; c += TSimd.Count)
        {
            Column(r0, r1, r2, r3, c, out var y00, out var y10, out var y20, out var y30);
            Column(r0, r1, r2, r3, c + pixelStride, width > 1, out var y01, out var y11, out var y21, out var y31);
            Column(r0, r1, r2, r3, c + (2 * pixelStride), width > 2, out var y02, out var y12, out var y22, out var y32);
            Column(r0, r1, r2, r3, c + (3 * pixelStride), width > 3, out var y03, out var y13, out var y23, out var y33);
            var place = target + c;
            StoreRow(y00, y01, y02, y03, place, positionStride);
            StorePair(y00, y01, y02, y03, y10, y11, y12, y13, y20, y21, y22, y23, y30, y31, y32, y33, 1, 1, place + rowStride, positionStride);
            StorePair(y00, y01, y02, y03, y10, y11, y12, y13, y20, y21, y22, y23, y30, y31, y32, y33, 2, 4, place + (3 * rowStride), positionStride);
            StoreRow(y30, y31, y32, y33, place + (5 * rowStride), positionStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column(float* r0, float* r1, float* r2, float* r3, nint offset, out TSimd y0, out TSimd y1, out TSimd y2, out TSimd y3)
    {
        y0 = TSimd.Load(r0 + offset);
        y1 = TSimd.Load(r1 + offset);
        y2 = TSimd.Load(r2 + offset);
        y3 = TSimd.Load(r3 + offset);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column(float* r0, float* r1, float* r2, float* r3, nint offset, bool inside, out TSimd y0, out TSimd y1, out TSimd y2, out TSimd y3)
    {
        if (inside)
        {
            Column(r0, r1, r2, r3, offset, out y0, out y1, out y2, out y3);
        }
        else
        {
            y0 = y1 = y2 = y3 = TSimd.Zero;
        }
    }

    /// <summary>Two rows of A, (y0 + square y2) ± factor (y1 + square y3), each along x as well.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(
        TSimd y00, TSimd y01, TSimd y02, TSimd y03,
        TSimd y10, TSimd y11, TSimd y12, TSimd y13,
        TSimd y20, TSimd y21, TSimd y22, TSimd y23,
        TSimd y30, TSimd y31, TSimd y32, TSimd y33,
        float factor, float square, float* target, nint positionStride)
    {
        Pair(y00, y10, y20, y30, factor, square, out var p0, out var m0);
        Pair(y01, y11, y21, y31, factor, square, out var p1, out var m1);
        Pair(y02, y12, y22, y32, factor, square, out var p2, out var m2);
        Pair(y03, y13, y23, y33, factor, square, out var p3, out var m3);
        StoreRow(p0, p1, p2, p3, target, positionStride);
        StoreRow(m0, m1, m2, m3, target + (WinogradMath.Window * positionStride), positionStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair(TSimd y0, TSimd y1, TSimd y2, TSimd y3, float factor, float square, out TSimd plus, out TSimd minus)
    {
        var squared = TSimd.Broadcast(square);
        var even = TSimd.MultiplyAdd(squared, y2, y0);
        var odd = TSimd.Broadcast(factor) * TSimd.MultiplyAdd(squared, y3, y1);
        plus = even + odd;
        minus = even - odd;
    }

    /// <summary>A along x, and the six results to their positions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRow(TSimd y0, TSimd y1, TSimd y2, TSimd y3, float* target, nint positionStride)
    {
        y0.Store(target);
        Pair(y0, y1, y2, y3, 1, 1, out var plus, out var minus);
        plus.Store(target + positionStride);
        minus.Store(target + (2 * positionStride));
        Pair(y0, y1, y2, y3, 2, 4, out plus, out minus);
        plus.Store(target + (3 * positionStride));
        minus.Store(target + (4 * positionStride));
        y3.Store(target + (5 * positionStride));
    }
}
