using System.Runtime.CompilerServices;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>Register block of <see cref="OuterGemm{TSimd}"/>: 4 rows of four vectors.</summary>
internal static unsafe class OuterBlock4x4<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Adds the outer products of <paramref name="count"/> rows to the rows of C; two of them may be one that is not wanted.</summary>
    /// <param name="next">What is wanted afterwards: one cache line is fetched with each row.</param>
    /// <param name="nextStride">Floats from one such line to the next.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(float* a, nint aStride, float* b, nint bStride, int count, float* r0, float* r1, float* r2, float* r3, float* next, nint nextStride)
    {
        var n = TSimd.Count;
        TSimd c0a = TSimd.Load(r0), c0b = TSimd.Load(r0 + n), c0c = TSimd.Load(r0 + (2 * n)), c0d = TSimd.Load(r0 + (3 * n));
        TSimd c1a = TSimd.Load(r1), c1b = TSimd.Load(r1 + n), c1c = TSimd.Load(r1 + (2 * n)), c1d = TSimd.Load(r1 + (3 * n));
        TSimd c2a = TSimd.Load(r2), c2b = TSimd.Load(r2 + n), c2c = TSimd.Load(r2 + (2 * n)), c2d = TSimd.Load(r2 + (3 * n));
        TSimd c3a = TSimd.Load(r3), c3b = TSimd.Load(r3 + n), c3c = TSimd.Load(r3 + (2 * n)), c3d = TSimd.Load(r3 + (3 * n));
        for (var t = 0; t < count; t++, a += aStride, b += bStride, next += nextStride)
        {
            Prefetch.Line(next);
            var ya = TSimd.Load(b);
            var yb = TSimd.Load(b + n);
            var yc = TSimd.Load(b + (2 * n));
            var yd = TSimd.Load(b + (3 * n));
            var x = TSimd.Broadcast(a[0]);
            c0a = TSimd.MultiplyAdd(x, ya, c0a);
            c0b = TSimd.MultiplyAdd(x, yb, c0b);
            c0c = TSimd.MultiplyAdd(x, yc, c0c);
            c0d = TSimd.MultiplyAdd(x, yd, c0d);
            x = TSimd.Broadcast(a[1]);
            c1a = TSimd.MultiplyAdd(x, ya, c1a);
            c1b = TSimd.MultiplyAdd(x, yb, c1b);
            c1c = TSimd.MultiplyAdd(x, yc, c1c);
            c1d = TSimd.MultiplyAdd(x, yd, c1d);
            x = TSimd.Broadcast(a[2]);
            c2a = TSimd.MultiplyAdd(x, ya, c2a);
            c2b = TSimd.MultiplyAdd(x, yb, c2b);
            c2c = TSimd.MultiplyAdd(x, yc, c2c);
            c2d = TSimd.MultiplyAdd(x, yd, c2d);
            x = TSimd.Broadcast(a[3]);
            c3a = TSimd.MultiplyAdd(x, ya, c3a);
            c3b = TSimd.MultiplyAdd(x, yb, c3b);
            c3c = TSimd.MultiplyAdd(x, yc, c3c);
            c3d = TSimd.MultiplyAdd(x, yd, c3d);
        }

        c0a.Store(r0);
        c0b.Store(r0 + n);
        c0c.Store(r0 + (2 * n));
        c0d.Store(r0 + (3 * n));
        c1a.Store(r1);
        c1b.Store(r1 + n);
        c1c.Store(r1 + (2 * n));
        c1d.Store(r1 + (3 * n));
        c2a.Store(r2);
        c2b.Store(r2 + n);
        c2c.Store(r2 + (2 * n));
        c2d.Store(r2 + (3 * n));
        c3a.Store(r3);
        c3b.Store(r3 + n);
        c3c.Store(r3 + (2 * n));
        c3d.Store(r3 + (3 * n));
    }
}
