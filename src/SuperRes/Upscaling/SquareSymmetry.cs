using SuperRes.Pixels;

namespace SuperRes.Upscaling;

/// <summary>
/// The eight ways to lay a rectangle on itself or its transpose: bit 0 mirrors left-right, bit 1 top-bottom, bit 2 then
/// swaps rows and columns.
/// </summary>
internal static class SquareSymmetry
{
    public const int Count = 8;

    private const int MirrorX = 1;
    private const int MirrorY = 2;
    private const int Transpose = 4;

    /// <summary>Whether the symmetry swaps width and height.</summary>
    public static bool SwapsSides(int symmetry) => (symmetry & Transpose) != 0;

    /// <summary>A turned copy of a float image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="symmetry">Below <see cref="Count"/>.</param>
    /// <param name="maxThreads">0 for one per processor.</param>
    public static ImageBuffer Apply(ImageBuffer image, int symmetry, int maxThreads = 0)
    {
        var (width, height) = SwapsSides(symmetry) ? (image.Height, image.Width) : (image.Width, image.Height);
        var result = new ImageBuffer(width, height, image.Color, SampleType.Float32);
        var source = image.SamplesMemory<float>();
        var channels = image.Channels;
        ForEachRow(image.Width, image.Height, symmetry, maxThreads, (y, start, step) =>
        {
            var from = source.Span.Slice(y * image.RowLength, image.RowLength);
            var to = result.Samples<float>();
            for (int x = 0, at = start * channels; x < from.Length; x += channels, at += step * channels)
            {
                from.Slice(x, channels).CopyTo(to[at..]);
            }
        });
        return result;
    }

    /// <summary>Turns an image back and adds it to a sum of the upright size.</summary>
    /// <param name="turned">An image as <see cref="Apply"/> makes it.</param>
    /// <param name="symmetry">The symmetry that it was turned by.</param>
    /// <param name="sum">The upright float image to add to.</param>
    /// <param name="maxThreads">0 for one per processor.</param>
    public static void AddTurnedBack(ImageBuffer turned, int symmetry, ImageBuffer sum, int maxThreads = 0)
    {
        var channels = sum.Channels;
        ForEachRow(sum.Width, sum.Height, symmetry, maxThreads, (y, start, step) =>
        {
            var from = turned.Samples<float>();
            var to = sum.Row<float>(y);
            for (int x = 0, at = start * channels; x < to.Length; x += channels, at += step * channels)
            {
                for (var c = 0; c < channels; c++)
                {
                    to[x + c] += from[at + c];
                }
            }
        });
    }

    /// <summary>
    /// Tells for each upright row where its first pixel lies in the turned image, and how many pixels further each next one
    /// does.
    /// </summary>
    private static void ForEachRow(int width, int height, int symmetry, int maxThreads, Action<int, int, int> body)
    {
        var swaps = SwapsSides(symmetry);
        var columnStep = swaps ? height : 1;
        var rowStep = swaps ? 1 : width;
        var firstColumn = (symmetry & MirrorX) != 0 ? (width - 1) * columnStep : 0;
        var step = (symmetry & MirrorX) != 0 ? -columnStep : columnStep;
        ParallelRows.Run(
            height,
            maxThreads,
            (from, to) =>
            {
                for (var y = from; y < to; y++)
                {
                    var row = (symmetry & MirrorY) != 0 ? height - 1 - y : y;
                    body(y, (row * rowStep) + firstColumn, step);
                }
            },
            CancellationToken.None);
    }
}
