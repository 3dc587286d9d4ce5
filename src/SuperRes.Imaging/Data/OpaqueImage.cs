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
        return OpaqueAlpha.TryDrop(image.Pixels) is { } pixels
            ? image with { Pixels = pixels }
            : throw new DatasetException($"'{path}' has transparent pixels, and images of data sets must be opaque. Lay it on a background first, or leave it out.");
    }
}
