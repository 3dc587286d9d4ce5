using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SuperRes.Pixels;

namespace SuperRes.Resampling;

/// <summary>
/// The kernel [[0,-1,0],[-1,5,-1],[0,-1,0]]. Beyond the edges the image is mirrored without doubling the edge pixel
/// (2 1 | 0 1 2), as OpenCV's <c>filter2D</c> does by default; integer samples are rounded and clipped.
/// </summary>
internal static class SharpeningFilter
{
    public static ImageBuffer Apply(ImageBuffer image, int maxThreads = 0, CancellationToken cancellationToken = default) =>
        ApplyRows(image, imageTop: 0, image.Height, new RowSpan(0, image.Height), maxThreads, cancellationToken);

    /// <summary>Makes some rows of the result.</summary>
    /// <param name="image">Rows of the image: those to make, and one above and below where there is one.</param>
    /// <param name="imageTop">Which row of the image the first of them is.</param>
    /// <param name="height">Rows of the whole image.</param>
    /// <param name="made">Rows of the result to make.</param>
    /// <param name="maxThreads">0 for one per processor.</param>
    /// <param name="cancellationToken">Looked at between chunks of rows.</param>
    public static ImageBuffer ApplyRows(ImageBuffer image, int imageTop, int height, RowSpan made, int maxThreads, CancellationToken cancellationToken)
    {
        var result = new ImageBuffer(image.Width, made.Count, image.Color, image.SampleType);
        var (length, channels) = (image.RowLength, image.Channels);
        ParallelRows.Run(
            made.Count,
            maxThreads,
            (start, end) =>
            {
                var above = new double[length];
                var below = new double[length];
                var padded = new double[length + (2 * channels)];
                var output = new double[length];
                for (var row = start; row < end; row++)
                {
                    var y = made.Start + row;
                    SampleConversion.LoadRow(image, Mirror(y - 1, height) - imageTop, above);
                    SampleConversion.LoadRow(image, Mirror(y + 1, height) - imageTop, below);
                    SampleConversion.LoadRow(image, y - imageTop, padded.AsSpan(channels, length));
                    Pad(padded, channels, image.Width);
                    SharpenRow(above, below, padded, channels, output);
                    SampleConversion.StoreRow(output, result, row);
                }
            },
            cancellationToken);
        return result;
    }

    private static int Mirror(int position, int length) =>
        length == 1 ? 0
        : position < 0 ? -position
        : position < length ? position
        : (2 * (length - 1)) - position;

    private static void Pad(Span<double> padded, int channels, int width)
    {
        padded.Slice((Mirror(-1, width) + 1) * channels, channels).CopyTo(padded);
        padded.Slice((Mirror(width, width) + 1) * channels, channels).CopyTo(padded[((width + 1) * channels)..]);
    }

    private static void SharpenRow(ReadOnlySpan<double> above, ReadOnlySpan<double> below, ReadOnlySpan<double> padded, int channels, Span<double> output)
    {
        ref var up = ref MemoryMarshal.GetReference(above);
        ref var down = ref MemoryMarshal.GetReference(below);
        ref var middle = ref MemoryMarshal.GetReference(padded);
        ref var target = ref MemoryMarshal.GetReference(output);
        var i = 0;
        for (; i <= output.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            var neighbours = Vector256.LoadUnsafe(ref up, (nuint)i) + Vector256.LoadUnsafe(ref down, (nuint)i)
                + Vector256.LoadUnsafe(ref middle, (nuint)i) + Vector256.LoadUnsafe(ref middle, (nuint)(i + (2 * channels)));
            ((5 * Vector256.LoadUnsafe(ref middle, (nuint)(i + channels))) - neighbours).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < output.Length; i++)
        {
            output[i] = (5 * padded[i + channels]) - (above[i] + below[i] + padded[i] + padded[i + (2 * channels)]);
        }
    }
}
