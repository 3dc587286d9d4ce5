using SuperRes.Engine.Memory;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// Sum of outer products: C[i, n] += sum over t of A[t, i] * B[t, n]. It is the gradient of a matrix product with
/// respect to its second factor: t runs over pixels or tiles, i over input and n over output channels.
/// </summary>
/// <remarks>
/// A block of C stays in registers over a run of t: 4 rows of 4 vectors with 32 registers, 6 of 2 with 16 or for what is left over. Rows of A and
/// B that are a power of two long fall into few sets of the first-level cache, so a run is so short that the rows of both
/// find room there; it costs reading and writing C once more. Each element is summed in the order of t all the same.
/// </remarks>
internal static unsafe class OuterGemm<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Terms of a run: rows of 64 floats start in 16 of 64 sets, which hold 8 lines each, 4 of A and 4 of B.</summary>
    private const int Run = 64;

    private const int Rows = 4;

    /// <param name="a">Up to 3 values behind a row's last are read, and not used.</param>
    /// <param name="aStride">Floats from A[t, 0] to A[t + 1, 0]; rows may overlap, as neighbouring windows do.</param>
    /// <param name="count">Number of t.</param>
    /// <param name="rows">Number of i.</param>
    /// <param name="columns">Number of n, a multiple of the vector.</param>
    public static void Accumulate(float* a, nint aStride, float* b, nint bStride, int count, float* c, nint cStride, int rows, int columns)
    {
        for (var start = 0; start < count; start += Run)
        {
            AccumulateRun(a + (start * aStride), aStride, b + (start * bStride), bStride, Math.Min(Run, count - start), c, cStride, rows, columns);
        }
    }

    private static void AccumulateRun(float* a, nint aStride, float* b, nint bStride, int count, float* c, nint cStride, int rows, int columns)
    {
        var wide = TSimd.PanelVectors * TSimd.Count;
        var column = 0;
        for (; column + wide <= columns; column += wide)
        {
            if (TSimd.PanelVectors == 4)
            {
                var next = column + wide < columns ? b + column + wide : b + (count * bStride);
                Columns4(a, aStride, b + column, bStride, count, c + column, cStride, rows, next);
            }
            else
            {
                Columns2(a, aStride, b + column, bStride, count, c + column, cStride, rows);
            }
        }

        for (; TSimd.PanelVectors == 4 && column + (2 * TSimd.Count) <= columns; column += 2 * TSimd.Count)
        {
            Columns2(a, aStride, b + column, bStride, count, c + column, cStride, rows);
        }

        for (; column < columns; column += TSimd.Count)
        {
            Columns1(a, aStride, b + column, bStride, count, c + column, cStride, rows);
        }
    }

    /// <param name="nextB">The columns of B that come next. A and B are more than a core's own caches hold, and the processor alone fetches them too late.</param>
    private static void Columns4(float* a, nint aStride, float* b, nint bStride, int count, float* c, nint cStride, int rows, float* nextB)
    {
        const int PanelLines = 4;
        var spare = stackalloc float[4 * TSimd.Count];
        var nextA = a + (count * aStride);
        for (var row = 0; row < rows; row += Rows)
        {
            // Each block of rows fetches one line of each row to come: first those of B, then those of A.
            var line = row / Rows;
            var ofB = line < PanelLines;
            var next = ofB ? nextB + (line * CacheLine.Floats) : nextA + (Math.Min(line - PanelLines, (rows - 1) / CacheLine.Floats) * CacheLine.Floats);
            var r = c + (row * cStride);
            OuterBlock4x4<TSimd>.Accumulate(
                a + row, aStride, b, bStride, count, r, Place(r, 1, row, rows, cStride, spare), Place(r, 2, row, rows, cStride, spare), Place(r, 3, row, rows, cStride, spare), next, ofB ? bStride : aStride);
        }
    }

    /// <summary>Blocks of 6 rows, and of 4 so that nothing is wasted where rows are a multiple of 4.</summary>
    private static void Columns2(float* a, nint aStride, float* b, nint bStride, int count, float* c, nint cStride, int rows)
    {
        var spare = stackalloc float[2 * TSimd.Count];
        var row = 0;
        for (var left = rows; left > 0; left = rows - row)
        {
            var r = c + (row * cStride);
            if (left is 4 or 8 or <= 3)
            {
                OuterBlock4x2<TSimd>.Accumulate(
                    a + row, aStride, b, bStride, count, r, Place(r, 1, row, rows, cStride, spare), Place(r, 2, row, rows, cStride, spare), Place(r, 3, row, rows, cStride, spare));
                row += Rows;
            }
            else
            {
                OuterBlock6x2<TSimd>.Accumulate(a + row, aStride, b, bStride, count, r, cStride, left >= 6 ? r + (5 * cStride) : spare);
                row += 6;
            }
        }
    }

    private static void Columns1(float* a, nint aStride, float* b, nint bStride, int count, float* c, nint cStride, int rows)
    {
        var spare = stackalloc float[TSimd.Count];
        for (var row = 0; row < rows; row += Rows)
        {
            var r = c + (row * cStride);
            OuterBlock4x1<TSimd>.Accumulate(
                a + row, aStride, b, bStride, count, r, Place(r, 1, row, rows, cStride, spare), Place(r, 2, row, rows, cStride, spare), Place(r, 3, row, rows, cStride, spare));
        }
    }

    /// <summary>A row of C, or room for what is computed beside it and not wanted.</summary>
    private static float* Place(float* first, int i, int row, int rows, nint cStride, float* spare) => row + i < rows ? first + (i * cStride) : spare;
}
