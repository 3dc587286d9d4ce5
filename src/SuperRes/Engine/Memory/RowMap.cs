using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Memory;

/// <summary>
/// A feature map in memory: rows of pixels of channels (H, W, C), no padding around it. Each row has its own place, and
/// only from when it is made until it is no longer needed.
/// </summary>
/// <param name="rows">Where each row is.</param>
/// <param name="zeros">What lies outside the map: at least a window's pixels of zeros.</param>
internal readonly unsafe struct RowMap(float** rows, float* zeros, int height, int width, int pixelStride)
{
    /// <summary>A map of this size that only knows its size.</summary>
    public static RowMap WithoutMemory(MapShape shape) => new(null, null, shape.Height, shape.Width, shape.PixelStride);

    public int Height => height;

    public int Width => width;

    /// <summary>Floats from a pixel to the next: the channels, with those that only fill up a vector.</summary>
    public int PixelStride => pixelStride;

    /// <summary>Floats of one row.</summary>
    public int RowLength => width * pixelStride;

    public bool HasRow(int y) => (uint)y < (uint)height;

    /// <summary>The first pixel of row y, which must be within the map.</summary>
    public float* Row(int y) => rows[y];

    /// <summary>Pixel x of row y; zeros where the row is outside the map.</summary>
    public float* PixelOrZeros(int y, int x) => HasRow(y) ? rows[y] + ((nint)x * pixelStride) : zeros;
}
