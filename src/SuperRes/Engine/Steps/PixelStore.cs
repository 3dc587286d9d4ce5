using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SuperRes.Engine.Compilation;
using SuperRes.Engine.Memory;

namespace SuperRes.Engine.Steps;

/// <summary>Copies computed pixels from a block in scratch memory to their map, through the pixel shuffle.</summary>
internal static unsafe class PixelStore
{
    /// <param name="block">Pixels of <see cref="ChannelLayout.Columns"/> values.</param>
    /// <param name="blockWidth">Pixels from one row of the block to the next.</param>
    /// <param name="y">Row of the convolution's result, before the shuffle, at which the block begins.</param>
    /// <param name="x">Column at which it begins.</param>
    /// <param name="height">Rows to copy.</param>
    /// <param name="width">Pixels per row to copy.</param>
    public static void Scatter(ChannelLayout layout, float* block, int blockWidth, in RowMap output, int y, int x, int height, int width)
    {
        var pixelStride = (nint)layout.Shuffle * output.PixelStride;
        for (var i = 0; i < height; i++)
        {
            foreach (var run in layout.Runs)
            {
                var source = block + ((nint)i * blockWidth * layout.Columns) + run.Column;
                var target = output.Row(((y + i) * layout.Shuffle) + run.Row) + (x * pixelStride) + run.Offset;
                for (var j = 0; j < width; j++, source += layout.Columns, target += pixelStride)
                {
                    Copy(source, target, run.Length);
                }
            }
        }
    }

    /// <summary>Runs are short, mostly 6 to 64 values: a call to copy each would take longer than the copying.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, float* target, int length)
    {
        var i = 0;
        for (; i <= length - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            Vector128.Load(source + i).Store(target + i);
        }

        for (; i < length; i++)
        {
            target[i] = source[i];
        }
    }
}
