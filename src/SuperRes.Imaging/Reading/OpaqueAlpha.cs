using SuperRes.Pixels;

namespace SuperRes.Imaging.Reading;

/// <summary>
/// Removes alpha that is opaque everywhere: a GIF whose palette reserves a transparent entry is given alpha by its
/// loader whether or not a pixel uses it.
/// </summary>
internal static class OpaqueAlpha
{
    public static ImageBuffer Drop(ImageBuffer image)
    {
        if (!image.HasAlpha)
        {
            return image;
        }

        var source = image.Samples<byte>();
        var channels = image.Channels;
        for (var i = channels - 1; i < source.Length; i += channels)
        {
            if (source[i] != byte.MaxValue)
            {
                return image;
            }
        }

        var result = new ImageBuffer(image.Width, image.Height, (ColorModel)(channels - 1), SampleType.UInt8);
        var target = result.Samples<byte>();
        for (int from = 0, to = 0; from < source.Length; from += channels, to += channels - 1)
        {
            source.Slice(from, channels - 1).CopyTo(target[to..]);
        }

        return result;
    }
}
