using SuperRes.Pixels;

namespace SuperRes.Evaluation;

/// <summary>What is measured: PSNR has no meaning for what is seen through a pixel.</summary>
internal static class OpaquePixels
{
    /// <summary>The image without alpha; the image itself where it has none.</summary>
    /// <exception cref="InvalidDataException">A pixel is not opaque.</exception>
    public static ImageBuffer Of(ImageBuffer image) => OpaqueAlpha.TryDrop(image)
        ?? throw new InvalidDataException("The image has transparent pixels, which PSNR and SSIM can't judge. Flatten it onto a background first.");
}
