using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>Register block of <see cref="PanelGemm{TSimd}"/>: 6 rows of one vector.</summary>
internal static unsafe class PanelGemm1<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    // Kept out of line: its accumulators own all registers, and no call may lie within their lifetime. Optimised at once:
    // a first image is not to be computed by code that waits for tiered compilation.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float** a, float** b, int runs, nint aStride, int k, float* c, nint cStride)
    {
        TSimd c0a = TSimd.Zero;
        TSimd c1a = TSimd.Zero;
        TSimd c2a = TSimd.Zero;
        TSimd c3a = TSimd.Zero;
        TSimd c4a = TSimd.Zero;
        TSimd c5a = TSimd.Zero;
        for (var run = 0; run < runs; run++)
        {
            var x = a[run];
            var y = b[run];
            for (var end = x + k; x < end; x++)
            {
                var ya = TSimd.Load(y);
                y += TSimd.Count;
                var z = TSimd.Broadcast(x[0]);
                c0a = TSimd.MultiplyAdd(z, ya, c0a);
                z = TSimd.Broadcast(x[aStride]);
                c1a = TSimd.MultiplyAdd(z, ya, c1a);
                z = TSimd.Broadcast(x[2 * aStride]);
                c2a = TSimd.MultiplyAdd(z, ya, c2a);
                z = TSimd.Broadcast(x[3 * aStride]);
                c3a = TSimd.MultiplyAdd(z, ya, c3a);
                z = TSimd.Broadcast(x[4 * aStride]);
                c4a = TSimd.MultiplyAdd(z, ya, c4a);
                z = TSimd.Broadcast(x[5 * aStride]);
                c5a = TSimd.MultiplyAdd(z, ya, c5a);
            }
        }

        c0a.Store(c);
        c1a.Store(c + cStride);
        c2a.Store(c + (2 * cStride));
        c3a.Store(c + (3 * cStride));
        c4a.Store(c + (4 * cStride));
        c5a.Store(c + (5 * cStride));
    }
}
