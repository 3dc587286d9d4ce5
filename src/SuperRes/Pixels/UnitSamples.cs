using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SuperRes.Pixels;

/// <summary>
/// Rows of samples as single-precision values with white at 1, as networks see them, and back; vectorised. Rounds and
/// clips as <see cref="SampleConversion"/> does.
/// </summary>
internal static class UnitSamples
{
    /// <summary>Reads a row of samples; 0 to 1, or as the floats are, NaN and negative infinity as 0, infinity as 1: a network would spread them as far as it sees.</summary>
    /// <exception cref="ArgumentException">The row is shorter than the image's.</exception>
    public static void Load(ImageBuffer image, int y, Span<float> row)
    {
        switch (image.SampleType)
        {
            case SampleType.UInt8:
                Load(image.Row<byte>(y), row);
                break;
            case SampleType.UInt16:
                Load(image.Row<ushort>(y), row);
                break;
            default:
                Load(image.Row<float>(y), row);
                break;
        }
    }

    /// <summary>Writes a row of samples: integers are rounded half up and clipped, NaN becomes black; floats stay as they are.</summary>
    /// <exception cref="ArgumentException">The row is longer than the image's.</exception>
    public static void Store(ReadOnlySpan<float> row, ImageBuffer image, int y)
    {
        switch (image.SampleType)
        {
            case SampleType.UInt8:
                Store(row, image.Row<byte>(y));
                break;
            case SampleType.UInt16:
                Store(row, image.Row<ushort>(y));
                break;
            default:
                row.CopyTo(image.Row<float>(y));
                break;
        }
    }

    private static void Load(ReadOnlySpan<byte> source, Span<float> target)
    {
        target = target[..source.Length];
        // Divided, not multiplied by the inverse: white is exactly 1, and every value the nearest one.
        var peak = Vector256.Create((float)byte.MaxValue);
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; i <= source.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            var (a, b) = Vector256.Widen(Vector256.Create(low, high));
            (Vector256.ConvertToSingle(a.AsInt32()) / peak).StoreUnsafe(ref to, (nuint)i);
            (Vector256.ConvertToSingle(b.AsInt32()) / peak).StoreUnsafe(ref to, (nuint)(i + Vector256<float>.Count));
        }

        for (; i < source.Length; i++)
        {
            target[i] = source[i] / (float)byte.MaxValue;
        }
    }

    private static void Load(ReadOnlySpan<ushort> source, Span<float> target)
    {
        target = target[..source.Length];
        var peak = Vector256.Create((float)ushort.MaxValue);
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; i <= source.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var (a, b) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)i));
            (Vector256.ConvertToSingle(a.AsInt32()) / peak).StoreUnsafe(ref to, (nuint)i);
            (Vector256.ConvertToSingle(b.AsInt32()) / peak).StoreUnsafe(ref to, (nuint)(i + Vector256<float>.Count));
        }

        for (; i < source.Length; i++)
        {
            target[i] = source[i] / (float)ushort.MaxValue;
        }
    }

    private static void Load(ReadOnlySpan<float> source, Span<float> target)
    {
        target = target[..source.Length];
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var largest = Vector256.Create(float.MaxValue);
        var i = 0;
        for (; i <= source.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            // A comparison with NaN is false.
            var value = Vector256.LoadUnsafe(ref from, (nuint)i);
            var otherwise = Vector256.ConditionalSelect(Vector256.GreaterThan(value, largest), Vector256<float>.One, Vector256<float>.Zero);
            Vector256.ConditionalSelect(Vector256.LessThanOrEqual(Vector256.Abs(value), largest), value, otherwise).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < source.Length; i++)
        {
            target[i] = float.IsFinite(source[i]) ? source[i] : float.IsPositiveInfinity(source[i]) ? 1 : 0;
        }
    }

    private static void Store(ReadOnlySpan<float> source, Span<byte> target)
    {
        target = target[..source.Length];
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; i <= source.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            var low = Quantize(ref from, i, byte.MaxValue);
            var high = Quantize(ref from, i + Vector256<ushort>.Count, byte.MaxValue);
            Vector256.Narrow(low, high).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < source.Length; i++)
        {
            target[i] = (byte)SampleConversion.Quantize(source[i] * byte.MaxValue, byte.MaxValue);
        }
    }

    private static void Store(ReadOnlySpan<float> source, Span<ushort> target)
    {
        target = target[..source.Length];
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        var i = 0;
        for (; i <= source.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            Quantize(ref from, i, ushort.MaxValue).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < source.Length; i++)
        {
            target[i] = (ushort)SampleConversion.Quantize(source[i] * ushort.MaxValue, ushort.MaxValue);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Quantize(ref float source, int offset, float peak) => Vector256.Narrow(
        Quantize(Vector256.LoadUnsafe(ref source, (nuint)offset), peak),
        Quantize(Vector256.LoadUnsafe(ref source, (nuint)(offset + Vector256<float>.Count)), peak));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Quantize(Vector256<float> value, float peak)
    {
        // A comparison with NaN is false, so NaN becomes 0.
        var positive = Vector256.ConditionalSelect(Vector256.GreaterThan(value, Vector256<float>.Zero), value, Vector256<float>.Zero);
        var scaled = Vector256.Min(positive * Vector256.Create(peak), Vector256.Create(peak));
        return Vector256.ConvertToInt32(scaled + Vector256.Create(0.5f)).AsUInt32();
    }
}
