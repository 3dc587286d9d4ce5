using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>Register block of <see cref="OuterGemm{TSimd}"/>: 4 rows of two vectors.</summary>
internal static unsafe class OuterBlock4x2<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Adds the outer products of <paramref name="count"/> rows to the rows of C; two of them may be one that is not wanted.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(float* a, nint aStride, float* b, nint bStride, int count, float* r0, float* r1, float* r2, float* r3)
    {
        var n = TSimd.Count;
        TSimd c0a = TSimd.Load(r0), c0b = TSimd.Load(r0 + n);
        TSimd c1a = TSimd.Load(r1), c1b = TSimd.Load(r1 + n);
        TSimd c2a = TSimd.Load(r2), c2b = TSimd.Load(r2 + n);
        TSimd c3a = TSimd.Load(r3), c3b = TSimd.Load(r3 + n);
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
        }

        c0a.Store(r0);
        c0b.Store(r0 + n);
        c1a.Store(r1);
        c1b.Store(r1 + n);
        c2a.Store(r2);
        c2b.Store(r2 + n);
        c3a.Store(r3);
        c3b.Store(r3 + n);
    }
}
