using SuperRes.Pixels;

namespace SuperRes.Resampling;

/// <summary>Makes low-resolution images as the literature does: MATLAB's antialiased bicubic.</summary>
public static class Degradation
{
    /// <summary>What protocol cards say of it.</summary>
    public const string Description =
        "HR cropped to a multiple of the scale, then MATLAB imresize(HR, 1/scale, 'bicubic'): a = -0.5, antialiased, mirrored edges; 8-bit images rounded between the passes";

    /// <summary>Cuts off up to scale - 1 columns at the right and rows at the bottom, so that both sides divide by the scale.</summary>
    /// <returns>A copy, or the image itself when nothing is to be cut.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive.</exception>
    /// <exception cref="ArgumentException">The image is smaller than the scale.</exception>
    public static ImageBuffer CropToMultiple(ImageBuffer image, int scale)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        if (image.Width < scale || image.Height < scale)
        {
            throw new ArgumentException(
                $"A {image.Width}x{image.Height} image has no low-resolution version at x{scale}: both sides must be at least {scale}.", nameof(image));
        }

        var (width, height) = (image.Width - (image.Width % scale), image.Height - (image.Height % scale));
        return (width, height) == (image.Width, image.Height) ? image : image.Crop(0, 0, width, height);
    }

    /// <summary>Crops to a multiple of the scale and shrinks by it.</summary>
    /// <param name="highResolution">Any colour model and sample type; not changed.</param>
    /// <param name="scale">How many times smaller each side becomes.</param>
    /// <param name="maxThreads">0 for one per processor.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <inheritdoc cref="CropToMultiple" path="/exception"/>
    public static ImageBuffer Degrade(
        ImageBuffer highResolution, int scale, int maxThreads = 0, CancellationToken cancellationToken = default)
    {
        var cropped = CropToMultiple(highResolution, scale);

        // The sides divide, so they are given: ceil(n * (1.0 / scale)) is one too many where 1.0 / scale rounds up.
        var factor = 1.0 / scale;
        return MatlabResize.Resize(
            cropped,
            (cropped.Width / scale, factor),
            (cropped.Height / scale, factor),
            ResizeOptions.Default with { MaxThreads = maxThreads },
            cancellationToken);
    }
}
