using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// Sum of outer products: C[i, n] += sum over t of A[t, i] * B[t, n]. It is the gradient of a matrix product with
/// respect to its second factor: t runs over pixels or tiles, i over input and n over output channels.
/// </summary>
/// <remarks>A block of C stays in registers over all of t: 4 rows of 4 vectors with 32 registers, 4 of 2 with 16.</remarks>
internal static unsafe class OuterGemm<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int Rows = 4;

    /// <param name="aStride">Floats from A[t, 0] to A[t + 1, 0]; rows may overlap, as neighbouring windows do.</param>
    /// <param name="count">Number of t.</param>
    /// <param name="rows">Number of i.</param>
    /// <param name="columns">Number of n, a multiple of the vector.</param>
    public static void Accumulate(float* a, nint aStride, float* b, nint bStride, int count, float* c, nint cStride, int rows, int columns)
    {
        var wide = TSimd.PanelVectors * TSimd.Count;
        var column = 0;
        for (; column + wide <= columns; column += wide)
        {
            AccumulateColumns(a, aStride, b + column, bStride, count, c + column, cStride, rows, TSimd.PanelVectors);
        }

        for (; column < columns; column += TSimd.Count)
        {
            AccumulateColumns(a, aStride, b + column, bStride, count, c + column, cStride, rows, 1);
        }
    }

    private static void AccumulateColumns(float* a, nint aStride, float* b, nint bStride, int count, float* c, nint cStride, int rows, int vectors)
    {
        var row = 0;
        for (; row + Rows <= rows; row += Rows)
        {
            var target = c + (row * cStride);
            switch (vectors)
            {
                case 4:
                    Block4(a + row, aStride, b, bStride, count, target, cStride);
                    break;
                case 2:
                    Block2(a + row, aStride, b, bStride, count, target, cStride);
                    break;
                default:
                    Block1(a + row, aStride, b, bStride, count, target, cStride);
                    break;
            }
        }

        for (; row < rows; row++)
        {
            for (var vector = 0; vector < vectors; vector++)
            {
                Single(a + row, aStride, b + (vector * TSimd.Count), bStride, count, c + (row * cStride) + (vector * TSimd.Count));
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Block4(float* a, nint aStride, float* b, nint bStride, int count, float* c, nint cStride)
    {
        var n = TSimd.Count;
        float* r1 = c + cStride, r2 = c + (2 * cStride), r3 = c + (3 * cStride);
        TSimd c0a = TSimd.Load(c), c0b = TSimd.Load(c + n), c0c = TSimd.Load(c + (2 * n)), c0d = TSimd.Load(c + (3 * n));
        TSimd c1a = TSimd.Load(r1), c1b = TSimd.Load(r1 + n), c1c = TSimd.Load(r1 + (2 * n)), c1d = TSimd.Load(r1 + (3 * n));
        TSimd c2a = TSimd.Load(r2), c2b = TSimd.Load(r2 + n), c2c = TSimd.Load(r2 + (2 * n)), c2d = TSimd.Load(r2 + (3 * n));
        TSimd c3a = TSimd.Load(r3), c3b = TSimd.Load(r3 + n), c3c = TSimd.Load(r3 + (2 * n)), c3d = TSimd.Load(r3 + (3 * n));
        for (var t = 0; t < count; t++, a += aStride, b += bStride)
        {
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

        c0a.Store(c);
        c0b.Store(c + n);
        c0c.Store(c + (2 * n));
        c0d.Store(c + (3 * n));
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Block2(float* a, nint aStride, float* b, nint bStride, int count, float* c, nint cStride)
    {
        var n = TSimd.Count;
        float* r1 = c + cStride, r2 = c + (2 * cStride), r3 = c + (3 * cStride);
        TSimd c0a = TSimd.Load(c), c0b = TSimd.Load(c + n);
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

        c0a.Store(c);
        c0b.Store(c + n);
        c1a.Store(r1);
        c1b.Store(r1 + n);
        c2a.Store(r2);
        c2b.Store(r2 + n);
        c3a.Store(r3);
        c3b.Store(r3 + n);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Block1(float* a, nint aStride, float* b, nint bStride, int count, float* c, nint cStride)
    {
        float* r1 = c + cStride, r2 = c + (2 * cStride), r3 = c + (3 * cStride);
        TSimd c0 = TSimd.Load(c), c1 = TSimd.Load(r1), c2 = TSimd.Load(r2), c3 = TSimd.Load(r3);
        for (var t = 0; t < count; t++, a += aStride, b += bStride)
        {
            var y = TSimd.Load(b);
            c0 = TSimd.MultiplyAdd(TSimd.Broadcast(a[0]), y, c0);
            c1 = TSimd.MultiplyAdd(TSimd.Broadcast(a[1]), y, c1);
            c2 = TSimd.MultiplyAdd(TSimd.Broadcast(a[2]), y, c2);
            c3 = TSimd.MultiplyAdd(TSimd.Broadcast(a[3]), y, c3);
        }

        c0.Store(c);
        c1.Store(r1);
        c2.Store(r2);
        c3.Store(r3);
    }

    private static void Single(float* a, nint aStride, float* b, nint bStride, int count, float* c)
    {
        var sum = TSimd.Load(c);
        for (var t = 0; t < count; t++, a += aStride, b += bStride)
        {
            sum = TSimd.MultiplyAdd(TSimd.Broadcast(a[0]), TSimd.Load(b), sum);
        }

        sum.Store(c);
    }
}
