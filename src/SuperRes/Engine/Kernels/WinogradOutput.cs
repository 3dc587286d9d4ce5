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
/// pixels are made at a time and 12 intermediates stay in registers. Each pair is a method of its own, because the JIT
/// stops inlining in methods of many operations.
/// </remarks>
internal static unsafe class WinogradOutput<TSimd, TActivation>
    where TSimd : unmanaged, ISimd<TSimd>
    where TActivation : struct, IActivation<TSimd>
{
    /// <param name="source">The first position's values of this tile; channels lie one after another.</param>
    /// <param name="positionStride">Floats from one of the 36 positions to the next.</param>
    /// <param name="bias">One value per channel.</param>
    /// <param name="parameters">The activation's parameter of each channel.</param>
    /// <param name="rows">Where the four rows of pixels go, each at its first pixel.</param>
    /// <param name="pixelStride">Floats from a pixel of the result to the next.</param>
    public static void Transform(float* source, nint positionStride, int channels, float* bias, float* parameters, float** rows, nint pixelStride)
    {
        EvenRows(source, positionStride, channels, bias, parameters, rows[0], rows[2], pixelStride);
        OddRows(source, positionStride, channels, bias, parameters, rows[1], rows[3], pixelStride);
    }

    /// <summary>The same, and a residual is added before the activation.</summary>
    /// <param name="residuals">Rows of a map, strided like the result.</param>
    public static void TransformAndAdd(
        float* source, nint positionStride, int channels, float* bias, float* parameters, float** rows, float** residuals, nint pixelStride)
    {
        EvenRowsAndAdd(source, positionStride, channels, bias, parameters, rows[0], rows[2], residuals[0], residuals[2], pixelStride);
        OddRowsAndAdd(source, positionStride, channels, bias, parameters, rows[1], rows[3], residuals[1], residuals[3], pixelStride);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void EvenRows(
        float* source, nint positionStride, int channels, float* bias, float* parameters, float* top, float* bottom, nint pixelStride)
    {
        for (var c = 0; c < channels; c += TSimd.Count)
        {
            Even(source + c, positionStride, TSimd.Load(bias + c), out var first, out var second);
            Finish(first).Store(TSimd.Load(parameters + c), top + c, pixelStride);
            Finish(second).Store(TSimd.Load(parameters + c), bottom + c, pixelStride);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void OddRows(
        float* source, nint positionStride, int channels, float* bias, float* parameters, float* top, float* bottom, nint pixelStride)
    {
        for (var c = 0; c < channels; c += TSimd.Count)
        {
            Odd(source + c, positionStride, TSimd.Load(bias + c), out var first, out var second);
            Finish(first).Store(TSimd.Load(parameters + c), top + c, pixelStride);
            Finish(second).Store(TSimd.Load(parameters + c), bottom + c, pixelStride);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void EvenRowsAndAdd(
        float* source, nint positionStride, int channels, float* bias, float* parameters, float* top, float* bottom, float* topAddend, float* bottomAddend, nint pixelStride)
    {
        for (var c = 0; c < channels; c += TSimd.Count)
        {
            Even(source + c, positionStride, TSimd.Load(bias + c), out var first, out var second);
            Finish(first).Add(topAddend + c, pixelStride).Store(TSimd.Load(parameters + c), top + c, pixelStride);
            Finish(second).Add(bottomAddend + c, pixelStride).Store(TSimd.Load(parameters + c), bottom + c, pixelStride);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void OddRowsAndAdd(
        float* source, nint positionStride, int channels, float* bias, float* parameters, float* top, float* bottom, float* topAddend, float* bottomAddend, nint pixelStride)
    {
        for (var c = 0; c < channels; c += TSimd.Count)
        {
            Odd(source + c, positionStride, TSimd.Load(bias + c), out var first, out var second);
            Finish(first).Add(topAddend + c, pixelStride).Store(TSimd.Load(parameters + c), top + c, pixelStride);
            Finish(second).Add(bottomAddend + c, pixelStride).Store(TSimd.Load(parameters + c), bottom + c, pixelStride);
        }
    }

    /// <summary>Rows 0 and 2 of Aᵀ m, each a row of six.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Even(float* m, nint stride, TSimd shift, out Six top, out Six bottom)
    {
        var down = WinogradMath.Window * stride;
        EvenColumn(m, down, TSimd.Zero, out top.V0, out bottom.V0);
        EvenColumn(m + stride, down, shift, out top.V1, out bottom.V1);
        EvenColumn(m + (2 * stride), down, TSimd.Zero, out top.V2, out bottom.V2);
        EvenColumn(m + (3 * stride), down, TSimd.Zero, out top.V3, out bottom.V3);
        EvenColumn(m + (4 * stride), down, TSimd.Zero, out top.V4, out bottom.V4);
        EvenColumn(m + (5 * stride), down, TSimd.Zero, out top.V5, out bottom.V5);
    }

    /// <summary>Rows 1 and 3 of Aᵀ m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Odd(float* m, nint stride, TSimd shift, out Six top, out Six bottom)
    {
        var down = WinogradMath.Window * stride;
        OddColumn(m, down, TSimd.Zero, out top.V0, out bottom.V0);
        OddColumn(m + stride, down, shift, out top.V1, out bottom.V1);
        OddColumn(m + (2 * stride), down, TSimd.Zero, out top.V2, out bottom.V2);
        OddColumn(m + (3 * stride), down, TSimd.Zero, out top.V3, out bottom.V3);
        OddColumn(m + (4 * stride), down, TSimd.Zero, out top.V4, out bottom.V4);
        OddColumn(m + (5 * stride), down, TSimd.Zero, out top.V5, out bottom.V5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EvenColumn(float* m, nint down, TSimd shift, out TSimd first, out TSimd second)
    {
        var near = TSimd.Load(m + down) + shift + TSimd.Load(m + (2 * down));
        var far = TSimd.Load(m + (3 * down)) + TSimd.Load(m + (4 * down));
        first = TSimd.Load(m) + near + far;
        second = TSimd.MultiplyAdd(TSimd.Broadcast(4), far, near);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OddColumn(float* m, nint down, TSimd shift, out TSimd first, out TSimd second)
    {
        var near = TSimd.Load(m + down) + shift - TSimd.Load(m + (2 * down));
        var far = TSimd.Load(m + (3 * down)) - TSimd.Load(m + (4 * down));
        first = TSimd.MultiplyAdd(TSimd.Broadcast(2), far, near);
        second = TSimd.MultiplyAdd(TSimd.Broadcast(8), far, near) + TSimd.Load(m + (5 * down));
    }

    /// <summary>Aᵀ along x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Four Finish(in Six m)
    {
        var s12 = m.V1 + m.V2;
        var s34 = m.V3 + m.V4;
        var d12 = m.V1 - m.V2;
        var d34 = m.V3 - m.V4;
        Four y;
        y.V0 = m.V0 + s12 + s34;
        y.V1 = TSimd.MultiplyAdd(TSimd.Broadcast(2), d34, d12);
        y.V2 = TSimd.MultiplyAdd(TSimd.Broadcast(4), s34, s12);
        y.V3 = TSimd.MultiplyAdd(TSimd.Broadcast(8), d34, d12) + m.V5;
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
    }

    private struct Four
    {
        public TSimd V0;
        public TSimd V1;
        public TSimd V2;
        public TSimd V3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly Four Add(float* row, nint stride)
        {
            Four sum;
            sum.V0 = V0 + TSimd.Load(row);
            sum.V1 = V1 + TSimd.Load(row + stride);
            sum.V2 = V2 + TSimd.Load(row + (2 * stride));
            sum.V3 = V3 + TSimd.Load(row + (3 * stride));
            return sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(TSimd parameter, float* row, nint stride)
        {
            TActivation.Apply(V0, parameter).Store(row);
            TActivation.Apply(V1, parameter).Store(row + stride);
            TActivation.Apply(V2, parameter).Store(row + (2 * stride));
            TActivation.Apply(V3, parameter).Store(row + (3 * stride));
        }
    }
}
