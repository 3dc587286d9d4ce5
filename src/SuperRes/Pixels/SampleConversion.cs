namespace SuperRes.Pixels;

/// <summary>
/// Converts between sample types. Black and white stay black and white: 255, 65535 and 1.0 stand for each other.
/// This is the only place where a sample becomes an integer: clamp, round half up, cast, and NaN becomes black.
/// </summary>
public static class SampleConversion
{
    /// <summary>The value that stands for white: 255, 65535 or 1.</summary>
    public static double PeakOf(SampleType type) => type switch
    {
        SampleType.UInt8 => byte.MaxValue,
        SampleType.UInt16 => ushort.MaxValue,
        SampleType.Float32 => 1.0,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown sample type."),
    };

    /// <summary>
    /// The image with its samples stored as <paramref name="type"/>; the image itself when they already are.
    /// 8 bits to 16 or float and back is lossless, 16 bits to float and back too.
    /// </summary>
    public static ImageBuffer ConvertTo(this ImageBuffer image, SampleType type) => image.ConvertTo(type, maxThreads: 0);

    /// <summary>The same on some threads at most; 0 for one per processor.</summary>
    internal static ImageBuffer ConvertTo(this ImageBuffer image, SampleType type, int maxThreads)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.SampleType == type)
        {
            return image;
        }

        var result = new ImageBuffer(image.Width, image.Height, image.Color, type);
        var factor = PeakOf(type) / PeakOf(image.SampleType);
        ParallelRows.Run(
            image.Height,
            maxThreads,
            (start, end) =>
            {
                var row = new double[image.RowLength];
                for (var y = start; y < end; y++)
                {
                    LoadRow(image, y, row);
                    SampleVectors.Multiply(row, factor);
                    StoreRow(row, result, y);
                }
            },
            CancellationToken.None);
        return result;
    }

    /// <summary>Rounds half up and clips to 0 to <paramref name="peak"/>; NaN gives 0.</summary>
    /// <param name="value">Any value, in units where white is <paramref name="peak"/>.</param>
    /// <param name="peak">The largest integer of the sample type.</param>
    public static double Quantize(double value, double peak) =>
        double.IsNaN(value) ? 0 : Math.Clamp(Math.Floor(value + 0.5), 0, peak);

    /// <summary>Reads a row's samples as they are, unscaled.</summary>
    internal static void LoadRow(ImageBuffer image, int y, Span<double> target)
    {
        switch (image.SampleType)
        {
            case SampleType.UInt8:
                SampleVectors.Load<byte, ByteLanes>(image.Row<byte>(y), target);
                break;
            case SampleType.UInt16:
                SampleVectors.Load<ushort, UInt16Lanes>(image.Row<ushort>(y), target);
                break;
            default:
                SampleVectors.Load<float, SingleLanes>(image.Row<float>(y), target);
                break;
        }
    }

    /// <summary>Writes a row: integers are quantised, floats are not clipped.</summary>
    internal static void StoreRow(ReadOnlySpan<double> source, ImageBuffer image, int y)
    {
        switch (image.SampleType)
        {
            case SampleType.UInt8:
                SampleVectors.Store<byte, ByteLanes>(source, image.Row<byte>(y));
                break;
            case SampleType.UInt16:
                SampleVectors.Store<ushort, UInt16Lanes>(source, image.Row<ushort>(y));
                break;
            default:
                SampleVectors.Store<float, SingleLanes>(source, image.Row<float>(y));
                break;
        }
    }
}
