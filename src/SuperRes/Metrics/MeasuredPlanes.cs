using SuperRes.Pixels;

namespace SuperRes.Metrics;

/// <summary>What a protocol looks at: 8-bit values, or luma made of them, as planes in double precision without the shaved edges.</summary>
internal sealed class MeasuredPlanes
{
    private MeasuredPlanes(int width, int height, int count)
    {
        Width = width;
        Height = height;
        Planes = [.. Enumerable.Range(0, count).Select(_ => new double[checked(width * height)])];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>One plane (H, W) per measured channel.</summary>
    public IReadOnlyList<double[]> Planes { get; }

    public double SampleCount => (double)Width * Height * Planes.Count;

    public double Maximum => Planes.Max(plane => plane.Max());

    /// <summary>Rounds to 8 bits, shaves the edges and takes the measured channels.</summary>
    /// <param name="image">Any colour model and sample type.</param>
    /// <param name="channels">What to measure.</param>
    /// <param name="gray">Whether one plane stands for three equal ones: only where both images are gray.</param>
    /// <param name="shave">Pixels to leave out at each edge.</param>
    /// <param name="maxThreads">0 for one per processor.</param>
    public static MeasuredPlanes Extract(ImageBuffer image, MeasuredChannels channels, bool gray, int shave, int maxThreads)
    {
        var source = image.ConvertTo(SampleType.UInt8, maxThreads);
        var result = new MeasuredPlanes(
            source.Width - (2 * shave), source.Height - (2 * shave), gray || channels == MeasuredChannels.Luma ? 1 : 3);
        ParallelRows.Run(
            result.Height,
            maxThreads,
            (start, end) =>
            {
                for (var y = start; y < end; y++)
                {
                    var row = source.Row<byte>(y + shave)[(shave * source.Channels)..];
                    if (channels == MeasuredChannels.Luma)
                    {
                        result.FillLuma(row, source.Channels, y);
                    }
                    else
                    {
                        result.FillChannels(row, source.Channels, y);
                    }
                }
            },
            CancellationToken.None);
        return result;
    }

    private void FillLuma(ReadOnlySpan<byte> row, int channels, int y)
    {
        // Gray has its three channels in one place.
        var (green, blue) = channels >= 3 ? (1, 2) : (0, 0);
        var target = Planes[0].AsSpan(y * Width, Width);
        for (int x = 0, i = 0; x < target.Length; x++, i += channels)
        {
            target[x] = YCbCr.Luma(row[i], row[i + green], row[i + blue]);
        }
    }

    private void FillChannels(ReadOnlySpan<byte> row, int channels, int y)
    {
        for (var plane = 0; plane < Planes.Count; plane++)
        {
            var target = Planes[plane].AsSpan(y * Width, Width);
            for (int x = 0, i = channels >= 3 ? plane : 0; x < target.Length; x++, i += channels)
            {
                target[x] = row[i];
            }
        }
    }
}
