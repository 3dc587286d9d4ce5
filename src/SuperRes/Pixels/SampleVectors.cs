using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SuperRes.Pixels;

/// <summary>Vectorised row operations on samples in double precision.</summary>
internal static class SampleVectors
{
    /// <summary>Reads samples, unscaled.</summary>
    public static void Load<TSample, TLanes>(ReadOnlySpan<TSample> source, Span<double> target)
        where TSample : unmanaged
        where TLanes : ISampleLanes<TSample>
    {
        target = target[..source.Length];
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; i <= source.Length - ISampleLanes<TSample>.Count; i += ISampleLanes<TSample>.Count)
        {
            DoublePrecisionLanes.Store(TLanes.Load(ref from, (nuint)i), ref to, (nuint)i);
        }

        for (; i < source.Length; i++)
        {
            target[i] = TLanes.LoadOne(source[i]);
        }
    }

    /// <summary>Writes samples; integer types clip and round.</summary>
    public static void Store<TSample, TLanes>(ReadOnlySpan<double> source, Span<TSample> target)
        where TSample : unmanaged
        where TLanes : ISampleLanes<TSample>
    {
        source = source[..target.Length];
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; i <= source.Length - ISampleLanes<TSample>.Count; i += ISampleLanes<TSample>.Count)
        {
            TLanes.Store(DoublePrecisionLanes.Load(ref from, (nuint)i), ref to, (nuint)i);
        }

        for (; i < source.Length; i++)
        {
            target[i] = TLanes.StoreOne(source[i]);
        }
    }

    /// <summary>Rounds half up and clips to 0 to <paramref name="peak"/>, in place.</summary>
    public static void Quantize(Span<double> values, double peak)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Quantize(Vector256.LoadUnsafe(ref first, (nuint)i), peak).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            values[i] = SampleConversion.Quantize(values[i], peak);
        }
    }

    /// <summary>The same on a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Quantize(Vector256<double> values, double peak)
    {
        // Processors disagree on what min and max make of NaN, so it goes first.
        var numbers = Vector256.ConditionalSelect(Vector256.Equals(values, values), values, Vector256<double>.Zero);
        var rounded = Vector256.Floor(numbers + Vector256.Create(0.5));
        return Vector256.MinNative(Vector256.MaxNative(rounded, Vector256<double>.Zero), Vector256.Create(peak));
    }

    /// <summary>Multiplies in place.</summary>
    public static void Multiply(Span<double> values, double factor)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var i = 0;
        for (; i <= values.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            (Vector256.LoadUnsafe(ref first, (nuint)i) * factor).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }
}
