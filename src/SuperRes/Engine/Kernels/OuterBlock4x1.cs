using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>Register block of <see cref="OuterGemm{TSimd}"/>: 4 rows of one vector.</summary>
internal static unsafe class OuterBlock4x1<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Adds the outer products of <paramref name="count"/> rows to the rows of C; two of them may be one that is not wanted.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(float* a, nint aStride, float* b, nint bStride, int count, float* r0, float* r1, float* r2, float* r3)
    {
        TSimd c0a = TSimd.Load(r0);
        TSimd c1a = TSimd.Load(r1);
        TSimd c2a = TSimd.Load(r2);
        TSimd c3a = TSimd.Load(r3);
        for (var t = 0; t < count; t++, a += aStride, b += bStride)
        {
            var ya = TSimd.Load(b);
            var x = TSimd.Broadcast(a[0]);
            c0a = TSimd.MultiplyAdd(x, ya, c0a);
            x = TSimd.Broadcast(a[1]);
            c1a = TSimd.MultiplyAdd(x, ya, c1a);
            x = TSimd.Broadcast(a[2]);
            c2a = TSimd.MultiplyAdd(x, ya, c2a);
            x = TSimd.Broadcast(a[3]);
            c3a = TSimd.MultiplyAdd(x, ya, c3a);
        }

        c0a.Store(r0);
        c1a.Store(r1);
        c2a.Store(r2);
        c3a.Store(r3);
    }
}
