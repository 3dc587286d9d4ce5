using SuperRes.Engine.Memory;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// The rows of a convolution's window as runs of memory. Within the map a run points into it; where the window leaves
/// the map to the left or right, its pixels are copied between zeros first. Rows outside the map add nothing and are left out.
/// </summary>
internal static unsafe class Window
{
    /// <summary>Collects the runs of a window of <paramref name="height"/> x <paramref name="width"/> pixels at (y, x).</summary>
    /// <param name="patch">Memory for the window's pixels.</param>
    /// <param name="runs">Receives a pointer for each row that is in the map.</param>
    /// <param name="windowRows">Receives the row of the window that each run is.</param>
    /// <returns>The number of runs.</returns>
    public static int Collect(in RowMap map, int y, int x, int height, int width, float* patch, float** runs, int* windowRows)
    {
        var count = 0;
        var inside = x >= 0 && x + width <= map.Width;
        for (var i = 0; i < height; i++)
        {
            if (map.HasRow(y + i))
            {
                runs[count] = inside ? map.Row(y + i) + ((nint)x * map.PixelStride) : CopyRow(map, y + i, x, width, patch + ((nint)i * width * map.PixelStride));
                windowRows[count] = i;
                count++;
            }
        }

        return count;
    }

    /// <summary>Copies pixels x to x + width - 1 of a row, zeros where they are outside the map.</summary>
    private static float* CopyRow(in RowMap map, int y, int x, int width, float* target)
    {
        var stride = map.PixelStride;
        var first = Math.Clamp(-x, 0, width);
        var last = Math.Clamp(map.Width - x, first, width);
        new Span<float>(target, first * stride).Clear();
        if (last > first)
        {
            new ReadOnlySpan<float>(map.Row(y) + ((nint)(x + first) * stride), (last - first) * stride)
                .CopyTo(new Span<float>(target + (first * stride), (last - first) * stride));
        }

        new Span<float>(target + (last * stride), (width - last) * stride).Clear();
        return target;
    }
}
