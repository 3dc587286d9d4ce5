using System.Runtime.CompilerServices;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>The input transform Bᵀ d B of an 8x8 window, for all channels (mathematics: <see cref="WinogradMath"/>).</summary>
/// <remarks>Between the two directions the 64 vectors of a few channels lie on the stack, in the first-level cache.</remarks>
internal static unsafe class WinogradInput<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Side = WinogradMath.Window;

    /// <param name="rows">The window's eight rows, each at its first pixel.</param>
    /// <param name="first">The first column that is there; those before hold zeros and are not read.</param>
    /// <param name="end">The column behind the last that is there.</param>
    /// <param name="pixelStride">Floats from a pixel to the next.</param>
    /// <param name="target">The first position's values of this tile; the channels lie one after another.</param>
    /// <param name="positionStride">Floats from one of the 64 positions to the next.</param>
    /// <param name="next">The rows of the window that will be transformed next, which are fetched meanwhile; any places where none will.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Transform(float** rows, int first, int end, nint pixelStride, int channels, float* target, nint positionStride, float** next)
    {
        var columnsRoom = stackalloc byte[CacheLine.Room<TSimd>(WinogradMath.Positions)];
        var columns = CacheLine.Align<TSimd>(columnsRoom);
        for (var column = 0; column < Side; column++)
        {
            if (column < first || column >= end)
            {
                ClearColumn(columns + column);
            }
        }

        for (var c = 0; c < channels; c += TSimd.Count, target += TSimd.Count)
        {
            var x = c + (first * pixelStride);
            for (var column = columns + first; column < columns + end; column++, x += pixelStride)
            {
                Apply(
                    TSimd.Load(rows[0] + x), TSimd.Load(rows[1] + x), TSimd.Load(rows[2] + x), TSimd.Load(rows[3] + x),
                    TSimd.Load(rows[4] + x), TSimd.Load(rows[5] + x), TSimd.Load(rows[6] + x), TSimd.Load(rows[7] + x),
                    (float*)column, Side * TSimd.Count);
                for (var i = 0; i < Side; i++)
                {
                    Prefetch.Line(next[i] + x);
                }
            }

            var position = target;
            for (var row = columns; row < columns + WinogradMath.Positions; row += Side, position += Side * positionStride)
            {
                Apply(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], position, positionStride);
            }
        }
    }

    private static void ClearColumn(TSimd* column)
    {
        for (var row = 0; row < Side; row++)
        {
            column[row * Side] = TSimd.Zero;
        }
    }

    /// <summary>Bᵀ applied to eight vectors. Rows 1 and 2, 3 and 4, 5 and 6 differ only in the sign of what is odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply(TSimd d0, TSimd d1, TSimd d2, TSimd d3, TSimd d4, TSimd d5, TSimd d6, TSimd d7, float* target, nint stride)
    {
        var outer = TSimd.Broadcast(21 / 4f);
        TSimd.MultiplyAdd(outer, d4 - d2, d0 - d6).Store(target);
        TSimd.MultiplyAdd(outer, d3 - d5, d7 - d1).Store(target + (7 * stride));

        var near = TSimd.Broadcast(-17 / 4f);
        var even = TSimd.MultiplyAdd(near, d4, d2 + d6);
        var odd = TSimd.MultiplyAdd(near, d3, d1 + d5);
        (even + odd).Store(target + stride);
        (even - odd).Store(target + (2 * stride));

        TSimd quarter = TSimd.Broadcast(1 / 4f), middle = TSimd.Broadcast(-5 / 4f);
        even = TSimd.MultiplyAdd(middle, d4, TSimd.MultiplyAdd(quarter, d2, d6));
        odd = TSimd.MultiplyAdd(middle, d3, TSimd.MultiplyAdd(quarter, d1, d5));
        TSimd.MultiplyAdd(TSimd.Broadcast(2), odd, even).Store(target + (3 * stride));
        TSimd.MultiplyAdd(TSimd.Broadcast(-2), odd, even).Store(target + (4 * stride));

        TSimd four = TSimd.Broadcast(4), five = TSimd.Broadcast(-5);
        even = TSimd.MultiplyAdd(five, d4, TSimd.MultiplyAdd(four, d2, d6));
        odd = TSimd.MultiplyAdd(five, d3, TSimd.MultiplyAdd(four, d1, d5));
        TSimd.MultiplyAdd(TSimd.Broadcast(1 / 2f), odd, even).Store(target + (5 * stride));
        TSimd.MultiplyAdd(TSimd.Broadcast(-1 / 2f), odd, even).Store(target + (6 * stride));
    }
}
