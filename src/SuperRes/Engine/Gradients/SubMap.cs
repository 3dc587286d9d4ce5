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
    /// Pointers to the rows of the 6x6 window at (y, x), which may reach over the map's edges; there it holds zeros.
    /// </summary>
    /// <param name="rows">Receives six pointers.</param>
    /// <param name="patch">Memory for a copy: 36 pixels of <see cref="PixelStride"/>.</param>
    /// <param name="zeros">6 pixels of <see cref="PixelStride"/> zeros.</param>
    public void Window(int image, int y, int x, float** rows, float* patch, float* zeros)
    {
        const int Side = WinogradMath.Window;
        var inside = x >= 0 && x + Side <= width;
        for (var i = 0; i < Side; i++)
        {
            if ((uint)(y + i) >= (uint)height)
            {
                rows[i] = zeros;
            }
            else if (inside)
            {
                rows[i] = Pixel(image, y + i, x);
            }
            else
            {
                rows[i] = patch + (i * Side * pixelStride);
                CopyRow(image, y + i, x, rows[i]);
            }
        }
    }

    private void CopyRow(int image, int y, int x, float* target)
    {
        for (var i = 0; i < WinogradMath.Window; i++, target += pixelStride)
        {
            var pixel = new Span<float>(target, channels);
            if ((uint)(x + i) < (uint)width)
            {
                new ReadOnlySpan<float>(Pixel(image, y, x + i), channels).CopyTo(pixel);
            }
            else
            {
                pixel.Clear();
            }
        }
    }
}
