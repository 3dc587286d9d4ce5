using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SuperRes.Pixels;

/// <summary>8-bit samples. Every integer of 16 bits is exact in single precision, which has the fast conversions.</summary>
internal readonly struct ByteLanes : ISampleLanes<byte>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes Load(ref byte source, nuint offset)
    {
        var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, offset));
        return UInt16Lanes.Widen(Vector256.Create(low, high));
    }

    public static double LoadOne(byte sample) => sample;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes lanes, ref byte target, nuint offset)
    {
        var shorts = UInt16Lanes.Quantize(lanes, byte.MaxValue);
        Vector128.Narrow(shorts.GetLower(), shorts.GetUpper()).StoreUnsafe(ref target, offset);
    }

    public static byte StoreOne(double value) => (byte)SampleConversion.Quantize(value, byte.MaxValue);
}

/// <summary>16-bit samples.</summary>
internal readonly struct UInt16Lanes : ISampleLanes<ushort>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes Load(ref ushort source, nuint offset) => Widen(Vector256.LoadUnsafe(ref source, offset));

    public static double LoadOne(ushort sample) => sample;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes lanes, ref ushort target, nuint offset) =>
        Quantize(lanes, ushort.MaxValue).StoreUnsafe(ref target, offset);

    public static ushort StoreOne(double value) => (ushort)SampleConversion.Quantize(value, ushort.MaxValue);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static DoubleLanes Widen(Vector256<ushort> samples)
    {
        var (low, high) = Vector256.Widen(samples);
        var (a, b) = Vector256.Widen(Vector256.ConvertToSingle(low.AsInt32()));
        var (c, d) = Vector256.Widen(Vector256.ConvertToSingle(high.AsInt32()));
        return new DoubleLanes(a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<ushort> Quantize(DoubleLanes lanes, double peak)
    {
        var low = Vector256.Narrow(SampleVectors.Quantize(lanes.A, peak), SampleVectors.Quantize(lanes.B, peak));
        var high = Vector256.Narrow(SampleVectors.Quantize(lanes.C, peak), SampleVectors.Quantize(lanes.D, peak));
        return Vector256.Narrow(Vector256.ConvertToInt32(low).AsUInt32(), Vector256.ConvertToInt32(high).AsUInt32());
    }
}

/// <summary>Single-precision samples: never clipped.</summary>
internal readonly struct SingleLanes : ISampleLanes<float>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes Load(ref float source, nuint offset)
    {
        var (a, b) = Vector256.Widen(Vector256.LoadUnsafe(ref source, offset));
        var (c, d) = Vector256.Widen(Vector256.LoadUnsafe(ref source, offset + 8));
        return new DoubleLanes(a, b, c, d);
    }

    public static double LoadOne(float sample) => sample;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes lanes, ref float target, nuint offset)
    {
        Vector256.Narrow(lanes.A, lanes.B).StoreUnsafe(ref target, offset);
        Vector256.Narrow(lanes.C, lanes.D).StoreUnsafe(ref target, offset + 8);
    }

    public static float StoreOne(double value) => (float)value;
}

/// <summary>Double precision, for rows between two passes: never clipped.</summary>
internal readonly struct DoublePrecisionLanes : ISampleLanes<double>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleLanes Load(ref double source, nuint offset) => new(
        Vector256.LoadUnsafe(ref source, offset),
        Vector256.LoadUnsafe(ref source, offset + 4),
        Vector256.LoadUnsafe(ref source, offset + 8),
        Vector256.LoadUnsafe(ref source, offset + 12));

    public static double LoadOne(double sample) => sample;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(DoubleLanes lanes, ref double target, nuint offset)
    {
        lanes.A.StoreUnsafe(ref target, offset);
        lanes.B.StoreUnsafe(ref target, offset + 4);
        lanes.C.StoreUnsafe(ref target, offset + 8);
        lanes.D.StoreUnsafe(ref target, offset + 12);
    }

    public static double StoreOne(double value) => value;
}
