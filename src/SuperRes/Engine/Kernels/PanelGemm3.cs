using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>Register block of <see cref="PanelGemm{TSimd}"/>: 6 rows of three vectors.</summary>
internal static unsafe class PanelGemm3<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    // Kept out of line: its accumulators own all registers, and no call may lie within their lifetime. Optimised at once:
    // a first image is not to be computed by code that waits for tiered compilation.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float** a, float** b, int runs, nint aStride, int k, float* c, nint cStride)
    {
        TSimd c0a = TSimd.Zero, c0b = TSimd.Zero, c0c = TSimd.Zero;
        TSimd c1a = TSimd.Zero, c1b = TSimd.Zero, c1c = TSimd.Zero;
        TSimd c2a = TSimd.Zero, c2b = TSimd.Zero, c2c = TSimd.Zero;
        TSimd c3a = TSimd.Zero, c3b = TSimd.Zero, c3c = TSimd.Zero;
        TSimd c4a = TSimd.Zero, c4b = TSimd.Zero, c4c = TSimd.Zero;
        TSimd c5a = TSimd.Zero, c5b = TSimd.Zero, c5c = TSimd.Zero;
        for (var run = 0; run < runs; run++)
        {
            var x = a[run];
            var y = b[run];
            for (var end = x + k; x < end; x++)
            {
                var ya = TSimd.Load(y);
                var yb = TSimd.Load(y + TSimd.Count);
                var yc = TSimd.Load(y + (2 * TSimd.Count));
                y += 3 * TSimd.Count;
                var z = TSimd.Broadcast(x[0]);
                c0a = TSimd.MultiplyAdd(z, ya, c0a);
                c0b = TSimd.MultiplyAdd(z, yb, c0b);
                c0c = TSimd.MultiplyAdd(z, yc, c0c);
                z = TSimd.Broadcast(x[aStride]);
                c1a = TSimd.MultiplyAdd(z, ya, c1a);
                c1b = TSimd.MultiplyAdd(z, yb, c1b);
                c1c = TSimd.MultiplyAdd(z, yc, c1c);
                z = TSimd.Broadcast(x[2 * aStride]);
                c2a = TSimd.MultiplyAdd(z, ya, c2a);
                c2b = TSimd.MultiplyAdd(z, yb, c2b);
                c2c = TSimd.MultiplyAdd(z, yc, c2c);
                z = TSimd.Broadcast(x[3 * aStride]);
                c3a = TSimd.MultiplyAdd(z, ya, c3a);
                c3b = TSimd.MultiplyAdd(z, yb, c3b);
                c3c = TSimd.MultiplyAdd(z, yc, c3c);
                z = TSimd.Broadcast(x[4 * aStride]);
                c4a = TSimd.MultiplyAdd(z, ya, c4a);
                c4b = TSimd.MultiplyAdd(z, yb, c4b);
                c4c = TSimd.MultiplyAdd(z, yc, c4c);
                z = TSimd.Broadcast(x[5 * aStride]);
                c5a = TSimd.MultiplyAdd(z, ya, c5a);
                c5b = TSimd.MultiplyAdd(z, yb, c5b);
                c5c = TSimd.MultiplyAdd(z, yc, c5c);
            }
        }

        c0a.Store(c);
        c0b.Store(c + TSimd.Count);
        c0c.Store(c + (2 * TSimd.Count));
        c1a.Store(c + cStride);
        c1b.Store(c + cStride + TSimd.Count);
        c1c.Store(c + cStride + (2 * TSimd.Count));
        c2a.Store(c + (2 * cStride));
        c2b.Store(c + (2 * cStride) + TSimd.Count);
        c2c.Store(c + (2 * cStride) + (2 * TSimd.Count));
        c3a.Store(c + (3 * cStride));
        c3b.Store(c + (3 * cStride) + TSimd.Count);
        c3c.Store(c + (3 * cStride) + (2 * TSimd.Count));
        c4a.Store(c + (4 * cStride));
        c4b.Store(c + (4 * cStride) + TSimd.Count);
        c4c.Store(c + (4 * cStride) + (2 * TSimd.Count));
        c5a.Store(c + (5 * cStride));
        c5b.Store(c + (5 * cStride) + TSimd.Count);
        c5c.Store(c + (5 * cStride) + (2 * TSimd.Count));
    }
}
