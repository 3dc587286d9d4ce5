namespace SuperRes.Upscaling;

/// <summary>
/// The size that an image is wanted at: a multiple of its own, or a width, a height or both in pixels. Made by
/// <see cref="FromScale"/> or <see cref="FromPixels"/>; the default value is no size.
/// </summary>
public readonly record struct TargetSize
{
    private readonly double _scale;
    private readonly int? _width;
    private readonly int? _height;

    private TargetSize(double scale, int? width, int? height)
    {
        _scale = scale;
        _width = width;
        _height = height;
    }

    /// <summary>A multiple of the image's own size, also fractional. Sides are rounded to the nearest pixel, halves up.</summary>
    /// <param name="scale">Above 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive and finite.</exception>
    public static TargetSize FromScale(double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        if (!double.IsFinite(scale))
        {
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "A scale is a finite number.");
        }

        return new TargetSize(scale, null, null);
    }

    /// <summary>A size in pixels. Where only one side is given, the other keeps the image's aspect.</summary>
    /// <param name="width">Width in pixels, at least 1; null to follow the height.</param>
    /// <param name="height">Height in pixels, at least 1; null to follow the width.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    /// <exception cref="ArgumentException">Both are null.</exception>
    public static TargetSize FromPixels(int? width, int? height)
    {
        if (width is null && height is null)
        {
            throw new ArgumentException("Give a width, a height or both.", nameof(width));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width ?? 1, nameof(width));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height ?? 1, nameof(height));
        return new TargetSize(0, width, height);
    }

    /// <summary>Width and height in pixels for an image of the given size; each at least 1.</summary>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    /// <exception cref="UpscalingException">A side would pass 2^31 - 1 pixels.</exception>
    public (int Width, int Height) For(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        return (_width, _height) switch
        {
            (null, null) when _scale == 0 => throw new InvalidOperationException(
                "A default TargetSize is no size. Make one with TargetSize.FromScale or TargetSize.FromPixels."),
            (null, null) => (Side(width * _scale), Side(height * _scale)),
            ({ } w, null) => (w, Side((double)height * w / width)),
            (null, { } h) => (Side((double)width * h / height), h),
            ({ } w, { } h) => (w, h),
        };
    }

    private static int Side(double length)
    {
        var rounded = Math.Max(1, Math.Floor(length + 0.5));
        return rounded <= int.MaxValue
            ? (int)rounded
            : throw new UpscalingException(FormattableString.Invariant($"A side of {rounded:0} pixels is more than any image can have. Ask for a smaller size."));
    }
}
