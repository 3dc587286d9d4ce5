using System.Runtime.CompilerServices;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// Matrix product of rows with a panel: C[r, n] = sum over s, k of A_s[r, k] * B_s[k, n], for a panel of 1 to 4 vectors
/// of columns. The sum over s strings several runs of k together (the rows of a convolution's window, whose pixels lie
/// one after another in memory); a plain product has one.
/// </summary>
/// <remarks>
/// One block of C stays in registers over all of s and k: 6 rows of 4 vectors and the panel's row are 28 of 32 registers;
/// 6 of 2 are 14 of 16. Each step of k then needs 10 loads for 24 multiply-adds, which the load ports outrun. B is packed
/// so that a panel is read from front to back.
/// Each element is summed in the order of s and k whatever the block, so results don't depend on how work is cut.
/// </remarks>
internal static unsafe class PanelGemm<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Rows are computed in multiples of this; callers leave room for them in A and C.</summary>
    public const int RowMultiple = 6;

    /// <summary>Columns of the widest panel.</summary>
    public static int MaximalColumns => TSimd.PanelVectors * TSimd.Count;

    /// <summary>
    /// C = A B for all columns, panel after panel. B holds its panels one after another, each row-major (k, columns of
    /// the panel); the last panel has what columns are left, a multiple of the vector.
    /// </summary>
    /// <param name="rows">Rows of A and C, rounded up to <see cref="RowMultiple"/> by the product.</param>
    public static void Multiply(float* a, nint aStride, float* b, int k, int columns, float* c, nint cStride, int rows)
    {
        for (var column = 0; column < columns; column += MaximalColumns)
        {
            var width = Math.Min(MaximalColumns, columns - column);
            var panel = b + ((nint)column * k);
            for (var row = 0; row < rows; row += RowMultiple)
            {
                var source = a + (row * aStride);
                Panel(width, &source, &panel, 1, aStride, k, c + (row * cStride) + column, cStride);
            }
        }
    }

    /// <summary>Six rows of C for one panel of <paramref name="width"/> columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Panel(int width, float** a, float** b, int runs, nint aStride, int k, float* c, nint cStride)
    {
        if (width == 4 * TSimd.Count)
        {
            PanelGemm4<TSimd>.Multiply(a, b, runs, aStride, k, c, cStride);
        }
        else if (width == 2 * TSimd.Count)
        {
            PanelGemm2<TSimd>.Multiply(a, b, runs, aStride, k, c, cStride);
        }
        else if (width == 3 * TSimd.Count)
        {
            PanelGemm3<TSimd>.Multiply(a, b, runs, aStride, k, c, cStride);
        }
        else
        {
            PanelGemm1<TSimd>.Multiply(a, b, runs, aStride, k, c, cStride);
        }
    }
}
