using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>Register block of <see cref="OuterGemm{TSimd}"/>: 6 rows of two vectors.</summary>
internal static unsafe class OuterBlock6x2<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Adds the outer products of <paramref name="count"/> rows to five rows of C and a sixth, which may lie elsewhere.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(float* a, nint aStride, float* b, nint bStride, int count, float* r0, nint cStride, float* r5)
    {
        var n = TSimd.Count;
        float* r1 = r0 + cStride, r2 = r0 + (2 * cStride), r3 = r0 + (3 * cStride), r4 = r0 + (4 * cStride);
        TSimd c0a = TSimd.Load(r0), c0b = TSimd.Load(r0 + n);
        TSimd c1a = TSimd.Load(r1), c1b = TSimd.Load(r1 + n);
        TSimd c2a = TSimd.Load(r2), c2b = TSimd.Load(r2 + n);
        TSimd c3a = TSimd.Load(r3), c3b = TSimd.Load(r3 + n);
        TSimd c4a = TSimd.Load(r4), c4b = TSimd.Load(r4 + n);
        TSimd c5a = TSimd.Load(r5), c5b = TSimd.Load(r5 + n);
        for (var t = 0; t < count; t++, a += aStride, b += bStride)
        {
            var ya = TSimd.Load(b);
            var yb = TSimd.Load(b + n);
            var x = TSimd.Broadcast(a[0]);
            c0a = TSimd.MultiplyAdd(x, ya, c0a);
            c0b = TSimd.MultiplyAdd(x, yb, c0b);
            x = TSimd.Broadcast(a[1]);
            c1a = TSimd.MultiplyAdd(x, ya, c1a);
            c1b = TSimd.MultiplyAdd(x, yb, c1b);
            x = TSimd.Broadcast(a[2]);
            c2a = TSimd.MultiplyAdd(x, ya, c2a);
            c2b = TSimd.MultiplyAdd(x, yb, c2b);
            x = TSimd.Broadcast(a[3]);
            c3a = TSimd.MultiplyAdd(x, ya, c3a);
            c3b = TSimd.MultiplyAdd(x, yb, c3b);
            x = TSimd.Broadcast(a[4]);
            c4a = TSimd.MultiplyAdd(x, ya, c4a);
            c4b = TSimd.MultiplyAdd(x, yb, c4b);
            x = TSimd.Broadcast(a[5]);
            c5a = TSimd.MultiplyAdd(x, ya, c5a);
            c5b = TSimd.MultiplyAdd(x, yb, c5b);
        }

        c0a.Store(r0);
        c0b.Store(r0 + n);
        c1a.Store(r1);
        c1b.Store(r1 + n);
        c2a.Store(r2);
        c2b.Store(r2 + n);
        c3a.Store(r3);
        c3b.Store(r3 + n);
        c4a.Store(r4);
        c4b.Store(r4 + n);
        c5a.Store(r5);
        c5b.Store(r5 + n);
    }
}
