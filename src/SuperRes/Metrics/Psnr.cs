using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SuperRes.Metrics;

/// <summary>Peak signal-to-noise ratio: 10 log10(peak² / mean squared error).</summary>
public static class Psnr
{
    /// <summary>PSNR in dB.</summary>
    /// <param name="meanSquaredError">Not negative; 0 gives +infinity, and NaN gives NaN.</param>
    /// <param name="peak">The value of white, in the units of the samples.</param>
    public static double FromMeanSquaredError(double meanSquaredError, double peak)
    {
        // NaN first: by its sign bit it may count as negative.
        if (!double.IsNaN(meanSquaredError))
        {
            ArgumentOutOfRangeException.ThrowIfNegative(meanSquaredError);
        }

        return meanSquaredError == 0 ? double.PositiveInfinity : 10 * Math.Log10(peak * peak / meanSquaredError);
    }

    /// <summary>PSNR in dB of two equally long runs of samples; NaN where a sample is NaN, for then there is no error to tell.</summary>
    /// <param name="result">The samples to judge.</param>
    /// <param name="reference">What they should be.</param>
    /// <param name="peak">The value of white, in the units of the samples.</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0.</exception>
    public static double Compute(ReadOnlySpan<double> result, ReadOnlySpan<double> reference, double peak)
    {
        if (result.Length != reference.Length || result.IsEmpty)
        {
            throw new ArgumentException($"PSNR compares as many samples with as many, at least 1; got {result.Length} and {reference.Length}.");
        }

        return FromMeanSquaredError(SumOfSquaredErrors(result, reference) / result.Length, peak);
    }

    /// <summary>The sum of (a - b)².</summary>
    internal static double SumOfSquaredErrors(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        ref var firstA = ref MemoryMarshal.GetReference(a);
        ref var firstB = ref MemoryMarshal.GetReference(b);
        var sums = Vector256<double>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            var difference = Vector256.LoadUnsafe(ref firstA, (nuint)i) - Vector256.LoadUnsafe(ref firstB, (nuint)i);
            sums += difference * difference;
        }

        var sum = Vector256.Sum(sums);
        for (; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }
}
