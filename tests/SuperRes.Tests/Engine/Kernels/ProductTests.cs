using SuperRes.Engine.Compilation;
using SuperRes.Engine.Kernels;
using SuperRes.Engine.Simd;

namespace SuperRes.Tests.Engine.Kernels;

/// <summary>The kernels that multiply, at every vector width, against sums in double precision.</summary>
public sealed unsafe class ProductTests
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void PanelGemm_OfAnyShape_IsTheMatrixProduct()
    {
        CheckPanelGemm<Simd128>();
        CheckPanelGemm<Simd256>();
        CheckPanelGemm<Simd512>();
    }

    [Fact]
    public void OuterGemm_OfAnyShape_AddsTheSumOfOuterProducts()
    {
        CheckOuterGemm<Simd128>();
        CheckOuterGemm<Simd256>();
        CheckOuterGemm<Simd512>();
    }

    [Fact]
    public void NarrowConvolution_OfFourPixels_SumsOverTheRuns()
    {
        CheckNarrowConvolution<Simd128>();
        CheckNarrowConvolution<Simd256>();
        CheckNarrowConvolution<Simd512>();
    }

    /// <summary>Panels of one to four vectors and more than one panel; rows below, at and above the block of six.</summary>
    private static void CheckPanelGemm<TSimd>()
        where TSimd : unmanaged, ISimd<TSimd>
    {
        foreach (var (rows, k, vectors) in from rows in new[] { 1, 6, 7, 13 } from k in new[] { 1, 7, 48 } from vectors in new[] { 1, 2, 3, 4, 6, 9 } select (rows, k, vectors))
        {
            using var memory = new Memory(seed: 1);
            var (columns, padded) = (vectors * TSimd.Count, (rows + 5) / 6 * 6);
            var (aStride, cStride) = (k + 3, columns + 5);
            var a = memory.Random(padded * aStride);
            var plain = memory.Random(k * columns);
            var packed = memory.Empty(k * columns);
            var c = memory.Empty(padded * cStride);
            for (var i = 0; i < k * columns; i++)
            {
                packed[Packing.PanelOffset(i / columns, i % columns, k, columns, PanelGemm<TSimd>.MaximalColumns)] = plain[i];
            }

            PanelGemm<TSimd>.Multiply(a, aStride, packed, k, columns, c, cStride, rows);

            for (var i = 0; i < rows * columns; i++)
            {
                var (row, column) = Math.DivRem(i, columns);
                double expected = 0;
                for (var j = 0; j < k; j++)
                {
                    expected += (double)a[(row * aStride) + j] * plain[(j * columns) + column];
                }

                Assert.Equal(expected, c[(row * cStride) + column], Tolerance);
            }
        }
    }

    /// <summary>Blocks of 4 and 6 rows with every remainder, runs of less and more than 64 terms.</summary>
    private static void CheckOuterGemm<TSimd>()
        where TSimd : unmanaged, ISimd<TSimd>
    {
        foreach (var (rows, count, vectors) in from rows in Enumerable.Range(1, 14) from count in new[] { 1, 64, 70 } from vectors in new[] { 1, 2, 3, 4, 5 } select (rows, count, vectors))
        {
            using var memory = new Memory(seed: 2);
            var columns = vectors * TSimd.Count;
            var (aStride, bStride, cStride) = (rows + 1, columns + 2, columns + 3);
            var a = memory.Random((count * aStride) + 3);
            var b = memory.Random(count * bStride);
            var c = memory.Random(rows * cStride);
            var before = new ReadOnlySpan<float>(c, rows * cStride).ToArray();

            OuterGemm<TSimd>.Accumulate(a, aStride, b, bStride, count, c, cStride, rows, columns);

            for (var i = 0; i < rows * cStride; i++)
            {
                var (row, column) = Math.DivRem(i, cStride);
                double expected = before[i];
                for (var t = 0; t < count && column < columns; t++)
                {
                    expected += (double)a[(t * aStride) + row] * b[(t * bStride) + column];
                }

                Assert.Equal(expected, c[i], Tolerance);
            }
        }
    }

    private static void CheckNarrowConvolution<TSimd>()
        where TSimd : unmanaged, ISimd<TSimd>
    {
        const int Rows = 3;
        const int PixelStride = 16;
        const int Length = 3 * PixelStride;
        using var memory = new Memory(seed: 3);
        var runs = stackalloc float*[Rows];
        var weights = stackalloc float*[Rows];
        for (var row = 0; row < Rows; row++)
        {
            runs[row] = memory.Random(Length + (3 * PixelStride));
            weights[row] = memory.Random(3 * Length);
        }

        var results = memory.Empty(12);
        NarrowConvolution<TSimd>.Compute(runs, weights, Rows, Length, PixelStride, results);

        for (var i = 0; i < 12; i++)
        {
            var (pixel, channel) = Math.DivRem(i, 3);
            double expected = 0;
            for (var j = 0; j < Rows * Length; j++)
            {
                var (row, tap) = Math.DivRem(j, Length);
                expected += (double)runs[row][(pixel * PixelStride) + tap] * weights[row][(channel * Length) + tap];
            }

            Assert.Equal(expected, results[i], Tolerance);
        }
    }
}
