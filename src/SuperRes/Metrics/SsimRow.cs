using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SuperRes.Metrics;

/// <summary>
/// Adds up SSIM along one row of window positions. With p = a + b, m = a - b, and E for the window's weighted mean,
/// let P = E(p²) - E(p)² and M = E(m²) - E(m)². Then
/// <code>
/// SSIM = (E(p)² - E(m)² + 2 C1) (P - M + 2 C2) / ((E(p)² + E(m)² + 2 C1) (P + M + 2 C2)),
/// </code>
/// because 2ab = (p² - m²) / 2 and a² + b² = (p² + m²) / 2. So four means suffice where the usual formula takes five,
/// and identical images give exactly 1. The means are taken down the columns first, then along the row.
/// </summary>
internal sealed class SsimRow
{
    private static readonly double[] Window = GaussianWindow.Create();

    private readonly int _width;
    private readonly double _c1;
    private readonly double _c2;
    private readonly double[] _plus;
    private readonly double[] _minus;
    private readonly double[] _plusSquared;
    private readonly double[] _minusSquared;

    public SsimRow(int width, double peak)
    {
        _width = width;
        _c1 = 2 * (Ssim.K1 * peak) * (Ssim.K1 * peak);
        _c2 = 2 * (Ssim.K2 * peak) * (Ssim.K2 * peak);
        _plus = new double[width];
        _minus = new double[width];
        _plusSquared = new double[width];
        _minusSquared = new double[width];
    }

    /// <summary>The sum of SSIM over the window positions of one row.</summary>
    /// <param name="a">The 11 rows under the window (11, W).</param>
    /// <param name="b">The same rows of the other image.</param>
    public double Sum(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        FilterColumns(a, b);
        var positions = _width - Ssim.WindowSize + 1;
        var sums = Vector512<double>.Zero;
        var x = 0;
        for (; x <= positions - Vector512<double>.Count; x += Vector512<double>.Count)
        {
            sums += SimilarityVector(x);
        }

        var sum = Vector512.Sum(sums);
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
        for (; x <= _width - Vector512<double>.Count; x += Vector512<double>.Count)
        {
            var plus = Vector512<double>.Zero;
            var minus = Vector512<double>.Zero;
            var plusSquared = Vector512<double>.Zero;
            var minusSquared = Vector512<double>.Zero;
            for (var k = 0; k < Ssim.WindowSize; k++)
            {
                var offset = (nuint)((k * _width) + x);
                var va = Vector512.LoadUnsafe(ref firstA, offset);
                var vb = Vector512.LoadUnsafe(ref firstB, offset);
                var weight = Vector512.Create(Window[k]);
                var (p, m) = (va + vb, va - vb);
                var (wp, wm) = (weight * p, weight * m);
                plus += wp;
                minus += wm;
                plusSquared = Vector512.MultiplyAddEstimate(wp, p, plusSquared);
                minusSquared = Vector512.MultiplyAddEstimate(wm, m, minusSquared);
            }

            plus.StoreUnsafe(ref _plus[x]);
            minus.StoreUnsafe(ref _minus[x]);
            plusSquared.StoreUnsafe(ref _plusSquared[x]);
            minusSquared.StoreUnsafe(ref _minusSquared[x]);
        }

        for (; x < _width; x++)
        {
            FilterColumn(a, b, x);
        }
    }

    private void FilterColumn(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int x)
    {
        var (plus, minus, plusSquared, minusSquared) = (0.0, 0.0, 0.0, 0.0);
        for (var k = 0; k < Ssim.WindowSize; k++)
        {
            var (va, vb) = (a[(k * _width) + x], b[(k * _width) + x]);
            var (p, m) = (va + vb, va - vb);
            plus += Window[k] * p;
            minus += Window[k] * m;
            plusSquared += Window[k] * p * p;
            minusSquared += Window[k] * m * m;
        }

        (_plus[x], _minus[x], _plusSquared[x], _minusSquared[x]) = (plus, minus, plusSquared, minusSquared);
    }

    private Vector512<double> SimilarityVector(int x)
    {
        ref var plusRow = ref MemoryMarshal.GetArrayDataReference(_plus);
        ref var minusRow = ref MemoryMarshal.GetArrayDataReference(_minus);
        ref var plusSquaredRow = ref MemoryMarshal.GetArrayDataReference(_plusSquared);
        ref var minusSquaredRow = ref MemoryMarshal.GetArrayDataReference(_minusSquared);
        var plus = Vector512<double>.Zero;
        var minus = Vector512<double>.Zero;
        var plusSquared = Vector512<double>.Zero;
        var minusSquared = Vector512<double>.Zero;
        for (var k = 0; k < Ssim.WindowSize; k++)
        {
            var weight = Vector512.Create(Window[k]);
            plus = Vector512.MultiplyAddEstimate(weight, Vector512.LoadUnsafe(ref plusRow, (nuint)(x + k)), plus);
            minus = Vector512.MultiplyAddEstimate(weight, Vector512.LoadUnsafe(ref minusRow, (nuint)(x + k)), minus);
            plusSquared = Vector512.MultiplyAddEstimate(weight, Vector512.LoadUnsafe(ref plusSquaredRow, (nuint)(x + k)), plusSquared);
            minusSquared = Vector512.MultiplyAddEstimate(weight, Vector512.LoadUnsafe(ref minusSquaredRow, (nuint)(x + k)), minusSquared);
        }

        var (c1, c2) = (Vector512.Create(_c1), Vector512.Create(_c2));
        plus *= plus;
        minus *= minus;
        plusSquared -= plus;
        minusSquared -= minus;
        return (plus - minus + c1) * (plusSquared - minusSquared + c2)
            / ((plus + minus + c1) * (plusSquared + minusSquared + c2));
    }

    private double Similarity(int x)
    {
        var (plus, minus, plusSquared, minusSquared) = (0.0, 0.0, 0.0, 0.0);
        for (var k = 0; k < Ssim.WindowSize; k++)
        {
            plus += Window[k] * _plus[x + k];
            minus += Window[k] * _minus[x + k];
            plusSquared += Window[k] * _plusSquared[x + k];
            minusSquared += Window[k] * _minusSquared[x + k];
        }

        plus *= plus;
        minus *= minus;
        plusSquared -= plus;
        minusSquared -= minus;
        return (plus - minus + _c1) * (plusSquared - minusSquared + _c2)
            / ((plus + minus + _c1) * (plusSquared + minusSquared + _c2));
    }
}
