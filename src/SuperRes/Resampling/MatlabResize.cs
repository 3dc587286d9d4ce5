using SuperRes.Pixels;

namespace SuperRes.Resampling;

/// <summary>
/// MATLAB's <c>imresize</c>: with it the literature makes its low-resolution images and its bicubic baseline.
/// Every channel is filtered alike; who resizes an image with alpha premultiplies it first.
/// </summary>
/// <remarks>
/// Integer images are rounded between the two passes (see <see cref="ResizeOptions.RoundBetweenPasses"/>), the axis
/// with the smaller scale factor comes first, and at equal factors the vertical one.
/// </remarks>
public static class MatlabResize
{
    private const double LeastScale = 1e-6;

    /// <summary>Resizes to a given size, as <c>imresize(A, [height width])</c>: each axis has the scale factor output / input.</summary>
    /// <param name="image">Any colour model and sample type; not changed.</param>
    /// <param name="width">Width of the result in pixels, at least 1.</param>
    /// <param name="height">Height of the result in pixels, at least 1.</param>
    /// <param name="options">Kernel, antialiasing, rounding and threads; MATLAB's defaults where null.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    /// <exception cref="NotSupportedException">The result has more samples than one buffer can hold.</exception>
    public static ImageBuffer ToSize(
        ImageBuffer image, int width, int height, ResizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        return Resize(image, (width, (double)width / image.Width), (height, (double)height / image.Height), options, cancellationToken);
    }

    /// <summary>Resizes by a factor, as <c>imresize(A, scale)</c>: sides are rounded up, and coordinates are mapped by the factor itself.</summary>
    /// <param name="image">Any colour model and sample type; not changed.</param>
    /// <param name="scale">At least 1e-6; below 1 shrinks.</param>
    /// <param name="options">Kernel, antialiasing, rounding and threads; MATLAB's defaults where null.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is below 1e-6, or a side would pass 2^31.</exception>
    /// <exception cref="NotSupportedException">The result has more samples than one buffer can hold.</exception>
    public static ImageBuffer ByScale(
        ImageBuffer image, double scale, ResizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        // Below, the window of a single sample would take gigabytes.
        if (!(scale >= LeastScale) || scale * Math.Max(image.Width, image.Height) >= int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(scale), scale, FormattableString.Invariant($"Got the scale {scale} for {image.Width}x{image.Height}; it must be at least {LeastScale}, and no side may reach 2^31."));
        }

        var width = (int)Math.Ceiling(scale * image.Width);
        var height = (int)Math.Ceiling(scale * image.Height);
        return Resize(image, (width, scale), (height, scale), options, cancellationToken);
    }

    /// <summary>Resizes with length and scale factor given separately.</summary>
    internal static ImageBuffer Resize(
        ImageBuffer image,
        (int Length, double Scale) horizontal,
        (int Length, double Scale) vertical,
        ResizeOptions? options,
        CancellationToken cancellationToken)
    {
        options ??= ResizeOptions.Default;
        cancellationToken.ThrowIfCancellationRequested();
        // Before the windows, which take many times the memory of a row.
        _ = ImageBuffer.CountSamples(horizontal.Length, vertical.Length, image.Color);
        return SeparableResize.Run(
            image,
            FilterTaps.Create(image.Width, horizontal.Length, horizontal.Scale, options.Kernel, options.Antialias, cancellationToken),
            FilterTaps.Create(image.Height, vertical.Length, vertical.Scale, options.Kernel, options.Antialias, cancellationToken),
            horizontalFirst: horizontal.Scale < vertical.Scale,
            options,
            cancellationToken);
    }
}
