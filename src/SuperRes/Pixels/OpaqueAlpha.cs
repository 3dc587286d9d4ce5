namespace SuperRes.Pixels;

/// <summary>Leaves out an alpha channel that says nothing because it is opaque everywhere.</summary>
internal static class OpaqueAlpha
{
    /// <summary>The image without alpha; the image itself where it has none; null where a pixel is not opaque.</summary>
    public static ImageBuffer? TryDrop(ImageBuffer image) => image switch
    {
        { HasAlpha: false } => image,
        { SampleType: SampleType.UInt8 } => TryDrop(image, byte.MaxValue),
        { SampleType: SampleType.UInt16 } => TryDrop(image, ushort.MaxValue),
        _ => TryDrop(image, 1f),
    };

    private static ImageBuffer? TryDrop<T>(ImageBuffer image, T opaque)
        where T : unmanaged, IEquatable<T>
    {
        var source = image.Samples<T>();
        var (channels, colors) = (image.Channels, image.Channels - 1);
        for (var i = colors; i < source.Length; i += channels)
        {
            if (!source[i].Equals(opaque))
            {
                return null;
            }
        }

        var result = new ImageBuffer(image.Width, image.Height, (ColorModel)colors, image.SampleType);
        var target = result.Samples<T>();
        for (int from = 0, to = 0; from < source.Length; from += channels, to += colors)
        {
            source.Slice(from, colors).CopyTo(target[to..]);
        }

        return result;
    }
}
