using System.Runtime.InteropServices;

namespace SuperRes.Pixels;

/// <summary>
/// The pixels of an image: rows from the top, samples interleaved (H, W, C), no padding between rows.
/// The buffer owns its array; there is nothing to dispose.
/// </summary>
public sealed class ImageBuffer
{
    private readonly Array _samples;

    /// <summary>Makes a black image (alpha, where present, is 0 too).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive, or the colour model or sample type is none there is.</exception>
    /// <exception cref="NotSupportedException">The image has more samples than one .NET array can hold.</exception>
    public ImageBuffer(int width, int height, ColorModel color, SampleType sampleType)
        : this(width, height, color, sampleType, Allocate(width, height, color, sampleType))
    {
    }

    private ImageBuffer(int width, int height, ColorModel color, SampleType sampleType, Array samples)
    {
        Width = width;
        Height = height;
        Color = color;
        SampleType = sampleType;
        _samples = samples;
    }

    /// <summary>Width in pixels, at least 1.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, at least 1.</summary>
    public int Height { get; }

    /// <summary>What the channels mean.</summary>
    public ColorModel Color { get; }

    /// <summary>How a sample is stored.</summary>
    public SampleType SampleType { get; }

    /// <summary>Samples per pixel, 1 to 4.</summary>
    public int Channels => (int)Color;

    /// <summary>Whether the last channel is alpha.</summary>
    public bool HasAlpha => Color is ColorModel.GrayAlpha or ColorModel.Rgba;

    /// <summary>Samples per row: <c>Width * Channels</c>.</summary>
    public int RowLength => Width * Channels;

    /// <summary>Wraps samples without copying; the image owns the array from then on.</summary>
    /// <typeparam name="T"><see cref="byte"/>, <see cref="ushort"/> or <see cref="float"/>.</typeparam>
    /// <exception cref="ArgumentException">The array's length is not width * height * channels.</exception>
    public static ImageBuffer FromSamples<T>(int width, int height, ColorModel color, T[] samples)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(samples);
        var expected = CountSamples(width, height, color);
        if (samples.Length != expected)
        {
            throw new ArgumentException($"{width}x{height} {color} needs {expected} samples, got {samples.Length}.", nameof(samples));
        }

        return new ImageBuffer(width, height, color, SampleTypeOf<T>(), samples);
    }

    /// <summary>The sample type that <typeparamref name="T"/> stores.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is not byte, ushort or float.</exception>
    public static SampleType SampleTypeOf<T>()
        where T : unmanaged =>
        typeof(T) == typeof(byte) ? SampleType.UInt8
        : typeof(T) == typeof(ushort) ? SampleType.UInt16
        : typeof(T) == typeof(float) ? SampleType.Float32
        : throw new NotSupportedException($"Samples are byte, ushort or float, not {typeof(T).Name}.");

    /// <summary>All samples (H, W, C).</summary>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not how this image is stored.</exception>
    public Span<T> Samples<T>()
        where T : unmanaged =>
        _samples is T[] samples && SampleTypeOf<T>() == SampleType
            ? samples
            : throw new InvalidOperationException($"The image stores {SampleType}, not {typeof(T).Name}. Convert it first.");

    /// <summary>All samples (H, W, C) as memory, for work on several threads.</summary>
    /// <inheritdoc cref="Samples{T}" path="/exception"/>
    public Memory<T> SamplesMemory<T>()
        where T : unmanaged
    {
        _ = Samples<T>();
        return (T[])_samples;
    }

    /// <summary>The samples of one row (W, C).</summary>
    /// <inheritdoc cref="Samples{T}" path="/exception"/>
    public Span<T> Row<T>(int y)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return Samples<T>().Slice(y * RowLength, RowLength);
    }

    /// <summary>The samples as raw bytes in the machine's byte order. Where they may be more than 2^31, take them by <see cref="RowBytes"/>.</summary>
    /// <exception cref="OverflowException">They are more bytes than a span holds, as the samples of a 16-bit or float image can be.</exception>
    public Span<byte> Bytes() => SampleType switch
    {
        SampleType.UInt8 => Samples<byte>(),
        SampleType.UInt16 => MemoryMarshal.AsBytes(Samples<ushort>()),
        _ => MemoryMarshal.AsBytes(Samples<float>()),
    };

    /// <summary>The samples of one row (W, C) as raw bytes in the machine's byte order.</summary>
    public Span<byte> RowBytes(int y) => SampleType switch
    {
        SampleType.UInt8 => Row<byte>(y),
        SampleType.UInt16 => MemoryMarshal.AsBytes(Row<ushort>(y)),
        _ => MemoryMarshal.AsBytes(Row<float>(y)),
    };

    /// <summary>A copy that shares nothing.</summary>
    public ImageBuffer Clone() => new(Width, Height, Color, SampleType, (Array)_samples.Clone());

    /// <summary>A copy of the rectangle with its top left corner at (x, y).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle is empty or leaves the image.</exception>
    public ImageBuffer Crop(int x, int y, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Width - x);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, Height - y);
        var result = new ImageBuffer(width, height, Color, SampleType);
        var pixelBytes = Channels * BytesPerSample(SampleType);
        for (var row = 0; row < height; row++)
        {
            RowBytes(y + row).Slice(x * pixelBytes, width * pixelBytes).CopyTo(result.RowBytes(row));
        }

        return result;
    }

    /// <summary>Copies whole rows to another image of the same width, colour model and sample type.</summary>
    /// <param name="first">The first row to copy.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="at">The row there that becomes the first.</param>
    internal void CopyRowsTo(int first, int count, ImageBuffer target, int at) =>
        Array.Copy(_samples, (long)first * RowLength, target._samples, (long)at * RowLength, (long)count * RowLength);

    /// <summary>Bytes of one sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample type.</exception>
    public static int BytesPerSample(SampleType type) => type switch
    {
        SampleType.UInt8 => 1,
        SampleType.UInt16 => 2,
        SampleType.Float32 => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown sample type."),
    };

    private static Array Allocate(int width, int height, ColorModel color, SampleType sampleType)
    {
        var count = CountSamples(width, height, color);
        return sampleType switch
        {
            SampleType.UInt8 => new byte[count],
            SampleType.UInt16 => new ushort[count],
            SampleType.Float32 => new float[count],
            _ => throw new ArgumentOutOfRangeException(nameof(sampleType), sampleType, "Unknown sample type."),
        };
    }

    /// <summary>How many samples an image has.</summary>
    /// <exception cref="NotSupportedException">More than one .NET array can hold.</exception>
    internal static int CountSamples(int width, int height, ColorModel color)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (!Enum.IsDefined(color))
        {
            throw new ArgumentOutOfRangeException(nameof(color), color, "Unknown colour model.");
        }

        // Four channels of (2^31 - 1)^2 pixels are just below 2^64.
        var count = (ulong)width * (ulong)height * (ulong)color;
        return count <= (ulong)Array.MaxLength
            ? (int)count
            : throw new NotSupportedException($"{width}x{height} {color} has {count} samples; one buffer holds at most {Array.MaxLength}. Work in strips.");
    }
}
