using System.Runtime.CompilerServices;
using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// One row of a convolution from a few planes to a single channel, then the logistic function: CBAM's spatial gate.
/// Vectors run over the pixels, because there are hardly any channels to run over.
/// </summary>
internal static unsafe class SpatialConvolution<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Pixels computed at once; rows have room for a multiple of it.</summary>
    public static int PixelMultiple => 4 * TSimd.Count;

    /// <param name="rows">Rows of single values under the kernel, each at the pixel under its left end.</param>
    /// <param name="weights">For each row, <paramref name="kernel"/> weights.</param>
    /// <param name="count">Number of rows, over all planes.</param>
    /// <param name="kernel">Weights per row.</param>
    /// <param name="width">Pixels; rounded up to <see cref="PixelMultiple"/>.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Compute(float** rows, float** weights, int count, int kernel, float bias, float* target, int width)
    {
        for (var x = 0; x < width; x += PixelMultiple)
        {
            var a = TSimd.Broadcast(bias);
            TSimd b = a, c = a, d = a;
            for (var row = 0; row < count; row++)
            {
                var source = rows[row] + x;
                var weight = weights[row];
                for (var tap = 0; tap < kernel; tap++, source++)
                {
                    var w = TSimd.Broadcast(weight[tap]);
                    a = TSimd.MultiplyAdd(TSimd.Load(source), w, a);
                    b = TSimd.MultiplyAdd(TSimd.Load(source + TSimd.Count), w, b);
                    c = TSimd.MultiplyAdd(TSimd.Load(source + (2 * TSimd.Count)), w, c);
                    d = TSimd.MultiplyAdd(TSimd.Load(source + (3 * TSimd.Count)), w, d);
                }
            }

            a.Store(target + x);
            b.Store(target + x + TSimd.Count);
            c.Store(target + x + (2 * TSimd.Count));
            d.Store(target + x + (3 * TSimd.Count));
        }

        for (var x = 0; x < width; x += TSimd.Count)
        {
            Logistic<TSimd>.Apply(TSimd.Load(target + x), TSimd.Zero).Store(target + x);
        }
    }
}
