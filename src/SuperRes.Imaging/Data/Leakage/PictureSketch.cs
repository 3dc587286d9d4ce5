using SuperRes.Imaging.Data.Folders;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Data.Leakage;

/// <summary>What an image shows, small enough to keep and to compare with many others.</summary>
/// <param name="Path">Its file.</param>
/// <param name="PixelHash">SHA-256 of its pixels.</param>
/// <param name="Whole">The whole picture.</param>
/// <param name="Detail">Its details; null of an image that is too small to have a part that could be told from others.</param>
internal sealed record PictureSketch(string Path, string PixelHash, WholePicture Whole, PictureDetail? Detail)
{
    /// <exception cref="ImageFileException">The file can't be read.</exception>
    /// <exception cref="DatasetException">The image has transparent pixels.</exception>
    public static PictureSketch Of(DatasetImage image, CancellationToken cancellationToken)
    {
        ImageBuffer pixels = OpaqueImage.Read(image.Path, cancellationToken).Pixels;
        return new PictureSketch(image.Path, Data.PixelHash.Of(pixels), WholePicture.Of(pixels), PictureDetail.Of(pixels));
    }
}
