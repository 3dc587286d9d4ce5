using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SuperRes.Pixels;

namespace SuperRes.Resampling;

/// <summary>
/// Adds up weighted rows, sixteen neighbouring samples at a time. Products are rounded before they are added (no
/// fused multiply-add), in the order of the rows: then every machine gives the same bits, and so does MATLAB.
/// </summary>
internal static class VerticalFilter
{
    /// <summary>Makes one output row.</summary>
    /// <param name="samples">Rows of <paramref name="target"/>'s length, without padding.</param>
    /// <param name="rows">Which rows to add up.</param>
    /// <param name="weights">A weight for each of them.</param>
    /// <param name="target">The sum.</param>
    public static void Apply<TSample, TLanes>(
        ReadOnlySpan<TSample> samples, ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, Span<double> target)
        where TSample : unmanaged
        where TLanes : ISampleLanes<TSample>
    {
        ref var source = ref MemoryMarshal.GetReference(samples);
        ref var output = ref MemoryMarshal.GetReference(target);
        var length = target.Length;
        var x = 0;
        for (; x <= length - ISampleLanes<TSample>.Count; x += ISampleLanes<TSample>.Count)
        {
            DoublePrecisionLanes.Store(WeightedSum<TSample, TLanes>(ref source, rows, weights, length, x), ref output, (nuint)x);
        }

        for (; x < length; x++)
        {
            var sum = 0.0;
            for (var k = 0; k < rows.Length; k++)
            {
                sum += weights[k] * TLanes.LoadOne(samples[(rows[k] * length) + x]);
            }

            target[x] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DoubleLanes WeightedSum<TSample, TLanes>(
        ref TSample source, ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, int rowLength, int x)
        where TSample : unmanaged
        where TLanes : ISampleLanes<TSample>
    {
        var a = Vector256<double>.Zero;
        var b = Vector256<double>.Zero;
        var c = Vector256<double>.Zero;
        var d = Vector256<double>.Zero;
        for (var k = 0; k < rows.Length; k++)
        {
            var lanes = TLanes.Load(ref source, ((nuint)rows[k] * (nuint)rowLength) + (nuint)x);
            var weight = Vector256.Create(weights[k]);
            a += lanes.A * weight;
            b += lanes.B * weight;
            c += lanes.C * weight;
            d += lanes.D * weight;
        }

        return new DoubleLanes(a, b, c, d);
    }
}
