using SuperRes.Engine.Memory;

namespace SuperRes.Engine.Compilation;

/// <summary>How channels and weights are laid out for the kernels.</summary>
internal static class Packing
{
    /// <summary>Feature maps have a multiple of this many channels, so that every vector width divides them.</summary>
    public const int ChannelMultiple = 16;

    /// <summary>Images and masks of up to this many channels are stored as they are.</summary>
    public const int NarrowChannels = 4;

    /// <summary>Floats per pixel of a map with the given channels.</summary>
    public static int PixelStride(int channels) => channels <= NarrowChannels ? channels : RoundUp(channels);

    /// <summary>The next multiple of <see cref="ChannelMultiple"/>.</summary>
    public static int RoundUp(int channels) => (channels + ChannelMultiple - 1) / ChannelMultiple * ChannelMultiple;

    /// <summary>
    /// Where element (k, column) of a matrix lies when it is cut into panels: columns 0 to panel - 1 row by row, then the
    /// next panel, the last one narrower.
    /// </summary>
    public static long PanelOffset(int k, int column, int depth, int columns, int panel)
    {
        var first = column / panel * panel;
        var width = Math.Min(panel, columns - first);
        return ((long)first * depth) + ((long)k * width) + (column - first);
    }

    /// <summary>One value per column of a layout, zeros where columns only fill up.</summary>
    /// <param name="value">The value of an output channel.</param>
    public static unsafe NativeBuffer Vector(ChannelLayout layout, Func<int, double> value)
    {
        var buffer = new NativeBuffer(layout.Columns);
        for (var column = 0; column < layout.Columns; column++)
        {
            buffer.Pointer[column] = layout.Source(column) is >= 0 and var o ? (float)value(o) : 0;
        }

        return buffer;
    }
}
