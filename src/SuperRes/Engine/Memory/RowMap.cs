namespace SuperRes.Engine.Memory;

/// <summary>
/// A feature map in memory: rows of pixels of channels (H, W, C), no padding around it. It may hold fewer rows than the
/// map has: row y then lies at y modulo the capacity, and the schedule sees to it that no row is overwritten too early.
/// </summary>
/// <param name="zeros">What lies outside the map: at least a window's pixels of zeros.</param>
internal readonly unsafe struct RowMap(float* memory, float* zeros, int height, int width, int pixelStride, int capacity)
{
    public int Height => height;

    public int Width => width;

    /// <summary>Floats from a pixel to the next: the channels, with those that only fill up a vector.</summary>
    public int PixelStride => pixelStride;

    /// <summary>Floats of one row.</summary>
    public nint RowLength => (nint)width * pixelStride;

    public bool HasRow(int y) => (uint)y < (uint)height;

    /// <summary>The first pixel of row y, which must be within the map.</summary>
    public float* Row(int y) => memory + (y % capacity * RowLength);

    /// <summary>Pixel x of row y; zeros where the row is outside the map.</summary>
    public float* PixelOrZeros(int y, int x) => HasRow(y) ? Row(y) + ((nint)x * pixelStride) : zeros;
}
