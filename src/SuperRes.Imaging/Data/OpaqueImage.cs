using SuperRes.Pixels;

namespace SuperRes.Imaging.Data;

/// <summary>Reads images for data sets, where nothing may shine through: pixels without a meaning would be trained on and measured.</summary>
internal static class OpaqueImage
{
    /// <exception cref="ImageFileException">The file can't be read.</exception>
    /// <exception cref="DatasetException">The image has transparent pixels.</exception>
    public static LoadedImage Read(string path, CancellationToken cancellationToken)
    {
        var image = ImageFile.Read(path, cancellationToken: cancellationToken);
        return image.Pixels.HasAlpha ? image with { Pixels = WithoutAlpha(image.Pixels, path) } : image;
    }

    private static ImageBuffer WithoutAlpha(ImageBuffer image, string path) => image.SampleType switch
    {
        SampleType.UInt8 => WithoutAlpha(image, path, byte.MaxValue),
        SampleType.UInt16 => WithoutAlpha(image, path, ushort.MaxValue),
        _ => WithoutAlpha(image, path, 1f),
    };

    private static ImageBuffer WithoutAlpha<T>(ImageBuffer image, string path, T opaque)
        where T : unmanaged, IEquatable<T>
    {
        var channels = image.Channels - 1;
        var result = new ImageBuffer(image.Width, image.Height, (ColorModel)channels, image.SampleType);
        var source = image.Samples<T>();
        var target = result.Samples<T>();
        for (int from = 0, to = 0; from < source.Length; from += channels + 1, to += channels)
        {
            if (!source[from + channels].Equals(opaque))
            {
                throw new DatasetException($"'{path}' has transparent pixels, and images of data sets must be opaque. Lay it on a background first, or leave it out.");
            }

            source.Slice(from, channels).CopyTo(target[to..]);
        }

        return result;
    }
}
