using System.Runtime.CompilerServices;
using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// Winograd's output transform Aᵀ m A of a 6x6 tile to 4x4 pixels with what follows the convolution: bias, activation and
/// residual (mathematics: <see cref="WinogradMath"/>).
/// </summary>
/// <remarks>
/// Rows 0 and 2 of Aᵀ need the sums of the pairs (1, 2) and (3, 4), rows 1 and 3 their differences, so two rows of
/// pixels are made at a time and 12 intermediates stay in registers.
/// </remarks>
internal static unsafe class WinogradOutput<TSimd, TActivation>
    where TSimd : unmanaged, ISimd<TSimd>
    where TActivation : struct, IActivation<TSimd>
{
    /// <param name="source">The first position's values of this tile; channels lie one after another.</param>
    /// <param name="positionStride">Floats from one of the 36 positions to the next.</param>
    /// <param name="bias">One value per channel.</param>
    /// <param name="parameters">The activation's parameter of each channel.</param>
    /// <param name="rows">Where the rows of pixels go, each at its first pixel.</param>
    /// <param name="residuals">Rows of a map to add, strided like the result; null for none.</param>
    /// <param name="pixelStride">Floats from a pixel of the result to the next.</param>
    /// <param name="height">Rows of the tile that lie within the image, 1 to 4.</param>
    /// <param name="width">Columns of the tile that lie within the image, 1 to 4.</param>
    public static void Transform(
        float* source, nint positionStride, int channels, float* bias, float* parameters, float** rows, float** residuals, nint pixelStride, int height, int width)
    {
        for (var c = 0; c < channels; c += TSimd.Count)
        {
            var shift = TSimd.Load(bias + c);
            var parameter = TSimd.Load(parameters + c);
            EvenRows(source + c, positionStride, shift, out var top, out var bottom);
            Finish(top, parameter, rows[0], residuals is null ? null : residuals[0], c, pixelStride, width);
            if (height > 2)
            {
                Finish(bottom, parameter, rows[2], residuals is null ? null : residuals[2], c, pixelStride, width);
            }

            if (height > 1)
            {
                OddRows(source + c, positionStride, shift, out top, out bottom);
                Finish(top, parameter, rows[1], residuals is null ? null : residuals[1], c, pixelStride, width);
                if (height > 3)
                {
                    Finish(bottom, parameter, rows[3], residuals is null ? null : residuals[3], c, pixelStride, width);
                }
            }
        }
    }

    /// <summary>Rows 0 and 2 of Aᵀ m, each a row of six.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EvenRows(float* m, nint stride, TSimd shift, out Six top, out Six bottom)
    {
        var down = WinogradMath.Window * stride;
        Even(m, down, TSimd.Zero, out top.V0, out bottom.V0);
        Even(m + stride, down, shift, out top.V1, out bottom.V1);
        Even(m + (2 * stride), down, TSimd.Zero, out top.V2, out bottom.V2);
        Even(m + (3 * stride), down, TSimd.Zero, out top.V3, out bottom.V3);
        Even(m + (4 * stride), down, TSimd.Zero, out top.V4, out bottom.V4);
        Even(m + (5 * stride), down, TSimd.Zero, out top.V5, out bottom.V5);
    }

    /// <summary>Rows 1 and 3 of Aᵀ m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OddRows(float* m, nint stride, TSimd shift, out Six top, out Six bottom)
    {
        var down = WinogradMath.Window * stride;
        Odd(m, down, TSimd.Zero, out top.V0, out bottom.V0);
        Odd(m + stride, down, shift, out top.V1, out bottom.V1);
        Odd(m + (2 * stride), down, TSimd.Zero, out top.V2, out bottom.V2);
        Odd(m + (3 * stride), down, TSimd.Zero, out top.V3, out bottom.V3);
        Odd(m + (4 * stride), down, TSimd.Zero, out top.V4, out bottom.V4);
        Odd(m + (5 * stride), down, TSimd.Zero, out top.V5, out bottom.V5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Even(float* m, nint down, TSimd shift, out TSimd first, out TSimd second)
    {
        var near = TSimd.Load(m + down) + shift + TSimd.Load(m + (2 * down));
        var far = TSimd.Load(m + (3 * down)) + TSimd.Load(m + (4 * down));
        first = TSimd.Load(m) + near + far;
        second = TSimd.MultiplyAdd(TSimd.Broadcast(4), far, near);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Odd(float* m, nint down, TSimd shift, out TSimd first, out TSimd second)
    {
        var near = TSimd.Load(m + down) + shift - TSimd.Load(m + (2 * down));
        var far = TSimd.Load(m + (3 * down)) - TSimd.Load(m + (4 * down));
        first = TSimd.MultiplyAdd(TSimd.Broadcast(2), far, near);
        second = TSimd.MultiplyAdd(TSimd.Broadcast(8), far, near) + TSimd.Load(m + (5 * down));
    }

    /// <summary>Aᵀ along x, activation, residual, and up to four pixels to their place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(in Six m, TSimd parameter, float* row, float* residual, int channel, nint pixelStride, int width)
    {
        var s12 = m.V1 + m.V2;
        var s34 = m.V3 + m.V4;
        var d12 = m.V1 - m.V2;
        var d34 = m.V3 - m.V4;
        var y0 = TActivation.Apply(m.V0 + s12 + s34, parameter);
        var y1 = TActivation.Apply(TSimd.MultiplyAdd(TSimd.Broadcast(2), d34, d12), parameter);
        var y2 = TActivation.Apply(TSimd.MultiplyAdd(TSimd.Broadcast(4), s34, s12), parameter);
        var y3 = TActivation.Apply(TSimd.MultiplyAdd(TSimd.Broadcast(8), d34, d12) + m.V5, parameter);
        row += channel;
        if (residual is not null)
        {
            residual += channel;
            y0 += TSimd.Load(residual);
            y1 += width > 1 ? TSimd.Load(residual + pixelStride) : TSimd.Zero;
            y2 += width > 2 ? TSimd.Load(residual + (2 * pixelStride)) : TSimd.Zero;
            y3 += width > 3 ? TSimd.Load(residual + (3 * pixelStride)) : TSimd.Zero;
        }

        y0.Store(row);
        if (width > 1)
        {
            y1.Store(row + pixelStride);
        }

        if (width > 2)
        {
            y2.Store(row + (2 * pixelStride));
        }

        if (width > 3)
        {
            y3.Store(row + (3 * pixelStride));
        }
    }

    private struct Six
    {
        public TSimd V0;
        public TSimd V1;
        public TSimd V2;
        public TSimd V3;
        public TSimd V4;
        public TSimd V5;
    }
}
