using SuperRes.Pixels;

namespace SuperRes.Evaluation.Figures;

/// <summary>Brightness as a person sees it, for looking at differences; the metrics have their own, exact conversion.</summary>
internal static class LumaPlane
{
    /// <summary>Luma (BT.601 weights, 0 to 255 for black to white) of a gray or RGB image of any sample type; alpha is ignored.</summary>
    public static float[] Of(ImageBuffer image)
    {
        var luma = new float[image.Width * image.Height];
        switch (image.SampleType)
        {
            case SampleType.UInt8:
                Fill(image.Samples<byte>(), image.Channels, 1f, luma);
                break;
            case SampleType.UInt16:
                Fill(image.Samples<ushort>(), image.Channels, 255f / 65535f, luma);
                break;
            default:
                Fill(image.Samples<float>(), image.Channels, 255f, luma);
                break;
        }

        return luma;
    }

    private static void Fill<T>(ReadOnlySpan<T> samples, int channels, float factor, float[] luma)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var isGray = channels < 3;
        for (int i = 0, s = 0; i < luma.Length; i++, s += channels)
        {
            luma[i] = factor * (isGray
                ? float.CreateTruncating(samples[s])
                : (0.299f * float.CreateTruncating(samples[s]))
                    + (0.587f * float.CreateTruncating(samples[s + 1]))
                    + (0.114f * float.CreateTruncating(samples[s + 2])));
        }
    }
}
