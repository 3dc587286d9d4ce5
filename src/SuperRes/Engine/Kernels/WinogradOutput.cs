using System.Runtime.CompilerServices;
using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// The output transform Aᵀ m A of an 8x8 tile to 6x6 pixels with what follows the convolution: bias, residual and
/// activation (mathematics: <see cref="WinogradMath"/>).
/// </summary>
internal static unsafe class WinogradOutput<TSimd, TActivation>
    where TSimd : unmanaged, ISimd<TSimd>
    where TActivation : struct, IActivation<TSimd>
{
    private const int Side = WinogradMath.Window;
    private const int Tile = WinogradMath.Tile;

    /// <param name="source">The first position's values of this tile; channels lie one after another.</param>
    /// <param name="positionStride">Floats from one of the 64 positions to the next.</param>
    /// <param name="bias">One value per channel.</param>
    /// <param name="parameters">The activation's parameter of each channel.</param>
    /// <param name="rows">Where the six rows of pixels go, each at its first pixel.</param>
    /// <param name="residuals">Rows of a map to add, strided like the result; null for none.</param>
    /// <param name="pixelStride">Floats from a pixel of the result to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Transform(
        float* source, nint positionStride, int channels, float* bias, float* parameters, float** rows, float** residuals, nint pixelStride)
    {
        var columnsRoom = stackalloc byte[CacheLine.Room<TSimd>(Tile * Side)];
        var columns = CacheLine.Align<TSimd>(columnsRoom);
        var down = Side * positionStride;
        for (var c = 0; c < channels; c += TSimd.Count)
        {
            var m = source + c;
            for (var column = columns; column < columns + Side; column++, m += positionStride)
            {
                var y = Apply(
                    TSimd.Load(m), TSimd.Load(m + down), TSimd.Load(m + (2 * down)), TSimd.Load(m + (3 * down)),
                    TSimd.Load(m + (4 * down)), TSimd.Load(m + (5 * down)), TSimd.Load(m + (6 * down)), TSimd.Load(m + (7 * down)));
                (column[0], column[Side], column[2 * Side]) = (y.V0, y.V1, y.V2);
                (column[3 * Side], column[4 * Side], column[5 * Side]) = (y.V3, y.V4, y.V5);
            }

            var (shift, parameter) = (TSimd.Load(bias + c), TSimd.Load(parameters + c));
            for (var i = 0; i < Tile; i++)
            {
                // Added to element 1, which Aᵀ adds to each pixel.
                var row = columns + (i * Side);
                var y = Apply(row[0], row[1] + shift, row[2], row[3], row[4], row[5], row[6], row[7]);
                if (residuals is not null)
                {
                    y.Add(residuals[i] + c, pixelStride);
                }

                y.Store(parameter, rows[i] + c, pixelStride);
            }
        }
    }

    /// <summary>Aᵀ applied to eight vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Six Apply(TSimd m0, TSimd m1, TSimd m2, TSimd m3, TSimd m4, TSimd m5, TSimd m6, TSimd m7)
    {
        TSimd near = m1 + m2, far = m3 + m4, half = m5 + m6;
        Six y;
        y.V0 = m0 + near + (far + half);
        y.V2 = TSimd.MultiplyAdd(TSimd.Broadcast(1 / 4f), half, TSimd.MultiplyAdd(TSimd.Broadcast(4), far, near));
        y.V4 = TSimd.MultiplyAdd(TSimd.Broadcast(1 / 16f), half, TSimd.MultiplyAdd(TSimd.Broadcast(16), far, near));
        (near, far, half) = (m1 - m2, m3 - m4, m5 - m6);
        y.V1 = TSimd.MultiplyAdd(TSimd.Broadcast(1 / 2f), half, TSimd.MultiplyAdd(TSimd.Broadcast(2), far, near));
        y.V3 = TSimd.MultiplyAdd(TSimd.Broadcast(1 / 8f), half, TSimd.MultiplyAdd(TSimd.Broadcast(8), far, near));
        y.V5 = TSimd.MultiplyAdd(TSimd.Broadcast(1 / 32f), half, TSimd.MultiplyAdd(TSimd.Broadcast(32), far, near)) + m7;
        return y;
    }

    private struct Six
    {
        public TSimd V0;
        public TSimd V1;
        public TSimd V2;
        public TSimd V3;
        public TSimd V4;
        public TSimd V5;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(float* row, nint stride)
        {
            V0 += TSimd.Load(row);
            V1 += TSimd.Load(row + stride);
            V2 += TSimd.Load(row + (2 * stride));
            V3 += TSimd.Load(row + (3 * stride));
            V4 += TSimd.Load(row + (4 * stride));
            V5 += TSimd.Load(row + (5 * stride));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(TSimd parameter, float* row, nint stride)
        {
            TActivation.Apply(V0, parameter).Store(row);
            TActivation.Apply(V1, parameter).Store(row + stride);
            TActivation.Apply(V2, parameter).Store(row + (2 * stride));
            TActivation.Apply(V3, parameter).Store(row + (3 * stride));
            TActivation.Apply(V4, parameter).Store(row + (4 * stride));
            TActivation.Apply(V5, parameter).Store(row + (5 * stride));
        }
    }
}
