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
        return image with { Pixels = Of(image.Pixels, path) };
    }

    /// <summary>The pixels without alpha.</summary>
    /// <param name="pixels">What was read.</param>
    /// <param name="path">From where, for the message.</param>
    /// <exception cref="DatasetException">Some are transparent.</exception>
    public static ImageBuffer Of(ImageBuffer pixels, string path) => OpaqueAlpha.TryDrop(pixels)
        ?? throw new DatasetException($"'{path}' has transparent pixels, and images of data sets must be opaque. Lay it on a background first, or leave it out.");
}
