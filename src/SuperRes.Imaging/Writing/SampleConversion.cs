using SuperRes.Pixels;

namespace SuperRes.Imaging.Writing;

/// <summary>Rounds samples to a shallower type: to the nearest, half up, clipped to the range.</summary>
internal static class SampleConversion
{
    // 65535 / 255 exactly, so that black, white and every 8-bit level survive the way there and back.
    private const int LevelsPerByte = 257;

    public static ImageBuffer Convert(ImageBuffer image, SampleType type)
    {
        var result = new ImageBuffer(image.Width, image.Height, image.Color, type);
        switch (image.SampleType, type)
        {
            case (SampleType.UInt16, SampleType.UInt8):
                Map(image.Samples<ushort>(), result.Samples<byte>(), static word => (byte)((word + (LevelsPerByte / 2)) / LevelsPerByte));
                break;
            case (SampleType.Float32, SampleType.UInt8):
                Map(image.Samples<float>(), result.Samples<byte>(), static sample => (byte)Round(sample, byte.MaxValue));
                break;
            case (SampleType.Float32, SampleType.UInt16):
                Map(image.Samples<float>(), result.Samples<ushort>(), static sample => (ushort)Round(sample, ushort.MaxValue));
                break;
            default:
                throw new ArgumentException($"{image.SampleType} samples are not deeper than {type}.", nameof(type));
        }

        return result;
    }

    /// <summary>16-bit samples at the 4096 levels that 12 bits give, in the upper bits, where libvips' savers take them from.</summary>
    public static ImageBuffer RoundTo12Bits(ImageBuffer image)
    {
        const int white = (1 << 12) - 1;
        var result = new ImageBuffer(image.Width, image.Height, image.Color, SampleType.UInt16);
        Map(image.Samples<ushort>(), result.Samples<ushort>(), static word => (ushort)((((word * white) + (ushort.MaxValue / 2)) / ushort.MaxValue) << 4));
        return result;
    }

    private static void Map<TFrom, TTo>(ReadOnlySpan<TFrom> source, Span<TTo> target, Func<TFrom, TTo> round)
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = round(source[i]);
        }
    }

    // Not a number becomes 0: a cast of it is undefined.
    private static float Round(float sample, float white) =>
        float.IsNaN(sample) ? 0 : MathF.Floor((Math.Clamp(sample, 0, 1) * white) + 0.5f);
}
