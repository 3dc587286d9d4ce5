using System.Runtime.CompilerServices;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// The transpose of Winograd's output transform, A y Aᵀ: what a 6x6 tile of output gradients means for the 64 products
/// (mathematics: <see cref="WinogradMath"/>). Summed over tiles against the transformed inputs it gives the gradient of the
/// transformed filter.
/// </summary>
internal static unsafe class WinogradOutputGradient<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Side = WinogradMath.Window;
    private const int Tile = WinogradMath.Tile;

    /// <param name="rows">The tile's six rows, each at its first pixel; what lies outside the map is zero there.</param>
    /// <param name="pixelStride">Floats from a pixel to the next.</param>
    /// <param name="target">The first position's values of this tile; the channels lie one after another.</param>
    /// <param name="positionStride">Floats from one of the 64 positions to the next.</param>
    /// <param name="next">The rows of the tile that will be transformed next, which are fetched meanwhile; any places where none will.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Transform(float** rows, nint pixelStride, int channels, float* target, nint positionStride, float** next)
    {
        var columnsRoom = stackalloc byte[CacheLine.Room<TSimd>(Side * Tile)];
        var columns = CacheLine.Align<TSimd>(columnsRoom);
        for (var c = 0; c < channels; c += TSimd.Count, target += TSimd.Count)
        {
            var x = (nint)c;
            for (var column = columns; column < columns + Tile; column++, x += pixelStride)
            {
                Apply(
                    TSimd.Load(rows[0] + x), TSimd.Load(rows[1] + x), TSimd.Load(rows[2] + x),
                    TSimd.Load(rows[3] + x), TSimd.Load(rows[4] + x), TSimd.Load(rows[5] + x),
                    (float*)column, Tile * TSimd.Count);
                for (var i = 0; i < Tile; i++)
                {
                    Prefetch.Line(next[i] + x);
                }
            }

            var position = target;
            for (var row = columns; row < columns + (Side * Tile); row += Tile, position += Side * positionStride)
            {
                Apply(row[0], row[1], row[2], row[3], row[4], row[5], position, positionStride);
            }
        }
    }

    /// <summary>A applied to six vectors. Rows 1 and 2, 3 and 4, 5 and 6 differ only in the sign of what is odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply(TSimd y0, TSimd y1, TSimd y2, TSimd y3, TSimd y4, TSimd y5, float* target, nint stride)
    {
        y0.Store(target);
        y5.Store(target + (7 * stride));

        var even = y0 + y2 + y4;
        var odd = y1 + y3 + y5;
        (even + odd).Store(target + stride);
        (even - odd).Store(target + (2 * stride));

        TSimd four = TSimd.Broadcast(4), sixteen = TSimd.Broadcast(16);
        even = TSimd.MultiplyAdd(sixteen, y4, TSimd.MultiplyAdd(four, y2, y0));
        odd = TSimd.MultiplyAdd(sixteen, y5, TSimd.MultiplyAdd(four, y3, y1));
        TSimd.MultiplyAdd(TSimd.Broadcast(2), odd, even).Store(target + (3 * stride));
        TSimd.MultiplyAdd(TSimd.Broadcast(-2), odd, even).Store(target + (4 * stride));

        TSimd quarter = TSimd.Broadcast(1 / 4f), sixteenth = TSimd.Broadcast(1 / 16f);
        even = TSimd.MultiplyAdd(sixteenth, y4, TSimd.MultiplyAdd(quarter, y2, y0));
        odd = TSimd.MultiplyAdd(sixteenth, y5, TSimd.MultiplyAdd(quarter, y3, y1));
        TSimd.MultiplyAdd(TSimd.Broadcast(1 / 2f), odd, even).Store(target + (5 * stride));
        TSimd.MultiplyAdd(TSimd.Broadcast(-1 / 2f), odd, even).Store(target + (6 * stride));
    }
}
