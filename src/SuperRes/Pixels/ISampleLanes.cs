using System.Runtime.Intrinsics;

namespace SuperRes.Pixels;

/// <summary>How sixteen neighbouring samples of one type are read into, and written from, double vectors.</summary>
/// <typeparam name="TSample">The stored type.</typeparam>
internal interface ISampleLanes<TSample>
    where TSample : unmanaged
{
    /// <summary>Samples per <see cref="Load"/> and <see cref="Store"/>.</summary>
    const int Count = 16;

    /// <summary>Reads <see cref="Count"/> samples, exactly.</summary>
    static abstract DoubleLanes Load(ref TSample source, nuint offset);

    /// <summary>Reads one sample, exactly.</summary>
    static abstract double LoadOne(TSample sample);

    /// <summary>Writes <see cref="Count"/> samples; integer types clip and round.</summary>
    static abstract void Store(DoubleLanes lanes, ref TSample target, nuint offset);

    /// <summary>Makes one sample; integer types clip and round.</summary>
    static abstract TSample StoreOne(double value);
}

/// <summary>Sixteen samples in double precision: four vectors, which the compiler keeps in registers.</summary>
internal readonly record struct DoubleLanes(Vector256<double> A, Vector256<double> B, Vector256<double> C, Vector256<double> D);
