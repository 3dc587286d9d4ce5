using System.Numerics;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Reading;

/// <summary>Turns premultiplied alpha into straight alpha, in place. Where alpha is 0 the colour is lost: it becomes 0.</summary>
internal static class AlphaDivision
{
    public static void Apply(ImageBuffer image)
    {
        switch (image.SampleType)
        {
            case SampleType.UInt8:
                DivideIntegers(image.Samples<byte>(), image.Channels, byte.MaxValue);
                break;
            case SampleType.UInt16:
                DivideIntegers(image.Samples<ushort>(), image.Channels, ushort.MaxValue);
                break;
            default:
                DivideFloats(image.Samples<float>(), image.Channels);
                break;
        }
    }

    private static void DivideIntegers<T>(Span<T> samples, int channels, uint opaque)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var i = 0; i < samples.Length; i += channels)
        {
            var pixel = samples.Slice(i, channels);
            var alpha = uint.CreateTruncating(pixel[^1]);
            foreach (ref var sample in pixel[..^1])
            {
                sample = alpha == 0 ? T.Zero : T.CreateTruncating(Math.Min(opaque, ((uint.CreateTruncating(sample) * opaque) + (alpha / 2)) / alpha));
            }
        }
    }

    private static void DivideFloats(Span<float> samples, int channels)
    {
        for (var i = 0; i < samples.Length; i += channels)
        {
            var pixel = samples.Slice(i, channels);
            var alpha = pixel[^1];
            foreach (ref var sample in pixel[..^1])
            {
                sample = alpha == 0 ? 0 : sample / alpha;
            }
        }
    }
}
