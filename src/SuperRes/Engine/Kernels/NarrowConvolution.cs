using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// Up to three output channels of four neighbouring pixels, from many input channels: the last layer of a network.
/// Vectors run over the input channels, so nothing is wasted on channels that don't exist; four pixels share the weights.
/// </summary>
internal static unsafe class NarrowConvolution<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Pixels computed together.</summary>
    public const int Pixels = 4;

    /// <summary>Output channels computed together.</summary>
    public const int Channels = 3;

    /// <param name="runs">The window's rows at the first pixel.</param>
    /// <param name="weights">For each row, <see cref="Channels"/> times <paramref name="length"/> weights.</param>
    /// <param name="length">Values under a row of the kernel: Kw * C, a multiple of the vector.</param>
    /// <param name="pixelStride">Floats from a pixel to the next.</param>
    /// <param name="results">Receives pixels x channels.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Compute(float** runs, float** weights, int count, int length, nint pixelStride, float* results)
    {
        TSimd a0 = TSimd.Zero, a1 = TSimd.Zero, a2 = TSimd.Zero;
        TSimd b0 = TSimd.Zero, b1 = TSimd.Zero, b2 = TSimd.Zero;
        TSimd c0 = TSimd.Zero, c1 = TSimd.Zero, c2 = TSimd.Zero;
        TSimd d0 = TSimd.Zero, d1 = TSimd.Zero, d2 = TSimd.Zero;
        for (var run = 0; run < count; run++)
        {
            var x = runs[run];
            var w = weights[run];
            for (var end = x + length; x < end; x += TSimd.Count, w += TSimd.Count)
            {
                var w0 = TSimd.Load(w);
                var w1 = TSimd.Load(w + length);
                var w2 = TSimd.Load(w + (2 * length));
                var v = TSimd.Load(x);
                a0 = TSimd.MultiplyAdd(v, w0, a0);
                a1 = TSimd.MultiplyAdd(v, w1, a1);
                a2 = TSimd.MultiplyAdd(v, w2, a2);
                v = TSimd.Load(x + pixelStride);
                b0 = TSimd.MultiplyAdd(v, w0, b0);
                b1 = TSimd.MultiplyAdd(v, w1, b1);
                b2 = TSimd.MultiplyAdd(v, w2, b2);
                v = TSimd.Load(x + (2 * pixelStride));
                c0 = TSimd.MultiplyAdd(v, w0, c0);
                c1 = TSimd.MultiplyAdd(v, w1, c1);
                c2 = TSimd.MultiplyAdd(v, w2, c2);
                v = TSimd.Load(x + (3 * pixelStride));
                d0 = TSimd.MultiplyAdd(v, w0, d0);
                d1 = TSimd.MultiplyAdd(v, w1, d1);
                d2 = TSimd.MultiplyAdd(v, w2, d2);
            }
        }

        Sum(a0, a1, a2, results);
        Sum(b0, b1, b2, results + Channels);
        Sum(c0, c1, c2, results + (2 * Channels));
        Sum(d0, d1, d2, results + (3 * Channels));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum(TSimd x0, TSimd x1, TSimd x2, float* results)
    {
        results[0] = TSimd.Sum(x0);
        results[1] = TSimd.Sum(x1);
        results[2] = TSimd.Sum(x2);
    }
}
