using SuperRes.Engine.Kernels;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// Some channels of a batch of maps, or one phase of a map that a pixel shuffle made: pixels of H x W that lie a stride
/// apart in memory.
/// </summary>
internal readonly unsafe struct SubMap(float* pointer, int height, int width, int channels, nint pixelStride, nint rowStride, nint imageStride)
{
    public int Height => height;

    public int Width => width;

    public int Channels => channels;

    public nint PixelStride => pixelStride;

    public nint RowStride => rowStride;

    /// <summary>A pixel; it must lie within the map.</summary>
    public float* Pixel(int image, int y, int x) => pointer + (image * imageStride) + (y * rowStride) + (x * pixelStride);

    /// <summary>
    /// Pointers to the rows of the 6x6 tile at (y, x), which may reach over the lower and the right edge; there it holds zeros.
    /// </summary>
    /// <param name="rows">Receives six pointers.</param>
    /// <param name="patch">Memory for a copy: 36 pixels of <see cref="PixelStride"/>.</param>
    /// <param name="zeros">6 pixels of <see cref="PixelStride"/> zeros.</param>
    public void Tile(int image, int y, int x, float** rows, float* patch, float* zeros)
    {
        const int Side = WinogradMath.Tile;
        var inside = Math.Min(Side, width - x);
        for (var i = 0; i < Side; i++)
        {
            rows[i] = y + i < height ? Pixel(image, y + i, x) : zeros;
            if (inside < Side && y + i < height)
            {
                var copy = patch + (i * Side * pixelStride);
                new Span<float>(copy, (int)(Side * pixelStride)).Clear();
                for (var j = 0; j < inside; j++)
                {
                    Copy(rows[i] + (j * pixelStride), copy + (j * pixelStride), channels);
                }

                rows[i] = copy;
            }
        }
    }

    /// <summary>
    /// Pointers to the rows of the 8x8 window at (y, x), which may reach over the map's edges. Rows outside hold zeros; columns
    /// outside are not to be read.
    /// </summary>
    /// <param name="rows">Receives eight pointers.</param>
    /// <param name="zeros">8 pixels of <see cref="PixelStride"/> zeros.</param>
    public void Window(int image, int y, int x, float** rows, float* zeros)
    {
        for (var i = 0; i < WinogradMath.Window; i++)
        {
            rows[i] = (uint)(y + i) < (uint)height ? Pixel(image, y + i, x) : zeros;
        }
    }

    private static void Copy(float* source, float* target, int count) => new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));
}
