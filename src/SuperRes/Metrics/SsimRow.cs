using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SuperRes.Metrics;

/// <summary>
/// Adds up SSIM along one row of window positions. With E for the window's weighted mean,
/// <code>
/// SSIM = (2 Ea Eb + C1) (2 (Eab - Ea Eb) + C2) / ((Ea² + Eb² + C1) (E(a² + b²) - Ea² - Eb² + C2)),
/// </code>
/// so four means suffice: a, b, a² + b² and ab. They are taken down the columns first, then along the row.
/// </summary>
internal sealed class SsimRow
{
    private static readonly double[] Window = GaussianWindow.Create();

    private readonly int _width;
    private readonly double _c1;
    private readonly double _c2;
    private readonly double[] _a;
    private readonly double[] _b;
    private readonly double[] _squares;
    private readonly double[] _product;

    public SsimRow(int width, double peak)
    {
        _width = width;
        _c1 = Ssim.K1 * peak * (Ssim.K1 * peak);
        _c2 = Ssim.K2 * peak * (Ssim.K2 * peak);
        _a = new double[width];
        _b = new double[width];
        _squares = new double[width];
        _product = new double[width];
    }

    /// <summary>The sum of SSIM over the window positions of one row.</summary>
    /// <param name="a">The 11 rows under the window (11, W).</param>
    /// <param name="b">The same rows of the other image.</param>
    public double Sum(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        FilterColumns(a, b);
        var positions = _width - Ssim.WindowSize + 1;
        var sums = Vector256<double>.Zero;
        var x = 0;
        for (; x <= positions - Vector256<double>.Count; x += Vector256<double>.Count)
        {
            sums += SimilarityVector(x);
        }

        var sum = Vector256.Sum(sums);
        for (; x < positions; x++)
        {
            sum += Similarity(x);
        }

        return sum;
    }

    private void FilterColumns(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref var firstA = ref MemoryMarshal.GetReference(a);
        ref var firstB = ref MemoryMarshal.GetReference(b);
        var x = 0;
        for (; x <= _width - Vector256<double>.Count; x += Vector256<double>.Count)
        {
            var (meanA, meanB, squares, product) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
            for (var k = 0; k < Ssim.WindowSize; k++)
            {
                var offset = (nuint)((k * _width) + x);
                var va = Vector256.LoadUnsafe(ref firstA, offset);
                var vb = Vector256.LoadUnsafe(ref firstB, offset);
                var weight = Vector256.Create(Window[k]);
                var (wa, wb) = (weight * va, weight * vb);
                meanA += wa;
                meanB += wb;
                squares += (wa * va) + (wb * vb);
                product += wa * vb;
            }

            meanA.StoreUnsafe(ref _a[x]);
            meanB.StoreUnsafe(ref _b[x]);
            squares.StoreUnsafe(ref _squares[x]);
            product.StoreUnsafe(ref _product[x]);
        }

        for (; x < _width; x++)
        {
            (_a[x], _b[x], _squares[x], _product[x]) = FilterColumn(a, b, x);
        }
    }

    private (double A, double B, double Squares, double Product) FilterColumn(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int x)
    {
        var (meanA, meanB, squares, product) = (0.0, 0.0, 0.0, 0.0);
        for (var k = 0; k < Ssim.WindowSize; k++)
        {
            var (va, vb) = (a[(k * _width) + x], b[(k * _width) + x]);
            var (wa, wb) = (Window[k] * va, Window[k] * vb);
            meanA += wa;
            meanB += wb;
            squares += (wa * va) + (wb * vb);
            product += wa * vb;
        }

        return (meanA, meanB, squares, product);
    }

    private Vector256<double> SimilarityVector(int x)
    {
        var (a, b, squares, product) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (var k = 0; k < Ssim.WindowSize; k++)
        {
            var weight = Vector256.Create(Window[k]);
            a += weight * Vector256.LoadUnsafe(ref _a[x + k]);
            b += weight * Vector256.LoadUnsafe(ref _b[x + k]);
            squares += weight * Vector256.LoadUnsafe(ref _squares[x + k]);
            product += weight * Vector256.LoadUnsafe(ref _product[x + k]);
        }

        var (c1, c2) = (Vector256.Create(_c1), Vector256.Create(_c2));
        var meanProduct = a * b;
        var meanSquares = (a * a) + (b * b);
        var numerator = (meanProduct + meanProduct + c1) * ((2 * (product - meanProduct)) + c2);
        return numerator / ((meanSquares + c1) * (squares - meanSquares + c2));
    }

    private double Similarity(int x)
    {
        var (a, b, squares, product) = (0.0, 0.0, 0.0, 0.0);
        for (var k = 0; k < Ssim.WindowSize; k++)
        {
            a += Window[k] * _a[x + k];
            b += Window[k] * _b[x + k];
            squares += Window[k] * _squares[x + k];
            product += Window[k] * _product[x + k];
        }

        var meanProduct = a * b;
        var meanSquares = (a * a) + (b * b);
        var numerator = (meanProduct + meanProduct + _c1) * ((2 * (product - meanProduct)) + _c2);
        return numerator / ((meanSquares + _c1) * (squares - meanSquares + _c2));
    }
}
