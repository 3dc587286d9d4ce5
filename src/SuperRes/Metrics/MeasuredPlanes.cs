using SuperRes.Pixels;

namespace SuperRes.Metrics;

/// <summary>What a protocol looks at: 8-bit values, or luma made of them, as planes in double precision without the shaved edges, made one at a time as they take eight times an image's memory.</summary>
internal sealed class MeasuredPlanes
{
    private readonly ImageBuffer _source;
    private readonly MeasuredChannels _channels;
    private readonly int _shave;
    private readonly int _maxThreads;

    /// <summary>Rounds to 8 bits.</summary>
    /// <param name="image">Any colour model and sample type.</param>
    /// <param name="channels">What to measure.</param>
    /// <param name="gray">Whether one plane stands for three equal ones: only where both images are gray.</param>
    /// <param name="shave">Pixels to leave out at each edge.</param>
    /// <param name="maxThreads">0 for one per processor.</param>
    public MeasuredPlanes(ImageBuffer image, MeasuredChannels channels, bool gray, int shave, int maxThreads)
    {
        (_channels, _shave, _maxThreads) = (channels, shave, maxThreads);
        _source = image.ConvertTo(SampleType.UInt8, maxThreads);
        (Width, Height) = (image.Width - (2 * shave), image.Height - (2 * shave));
        Count = gray || channels == MeasuredChannels.Luma ? 1 : 3;
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Planes, one per measured channel.</summary>
    public int Count { get; }

    public double SampleCount => (double)Width * Height * Count;

    /// <summary>Makes a plane (H, W).</summary>
    public double[] Extract(int plane)
    {
        var samples = new double[checked(Width * Height)];
        ParallelRows.Run(
            Height,
            _maxThreads,
            (start, end) =>
            {
                for (var y = start; y < end; y++)
                {
                    var row = _source.Row<byte>(y + _shave)[(_shave * _source.Channels)..];
                    var target = samples.AsSpan(y * Width, Width);
                    if (_channels == MeasuredChannels.Luma)
                    {
                        FillLuma(row, target);
                    }
                    else
                    {
                        FillChannel(row, plane, target);
                    }
                }
            },
            CancellationToken.None);
        return samples;
    }

    private void FillLuma(ReadOnlySpan<byte> row, Span<double> target)
    {
        // Gray has its three channels in one place.
        var (green, blue) = _source.Channels >= 3 ? (1, 2) : (0, 0);
        for (int x = 0, i = 0; x < target.Length; x++, i += _source.Channels)
        {
            target[x] = YCbCr.Luma(row[i], row[i + green], row[i + blue]);
        }
    }

    private void FillChannel(ReadOnlySpan<byte> row, int plane, Span<double> target)
    {
        for (int x = 0, i = _source.Channels >= 3 ? plane : 0; x < target.Length; x++, i += _source.Channels)
        {
            target[x] = row[i];
        }
    }
}
