namespace SuperRes.Engine.Compilation;

/// <summary>
/// The order in which a kernel computes a convolution's output channels, and where they go. Channels that are neighbours
/// in the shuffled result are neighbours here, so that results are written in runs: one per pixel of the shuffle, or, for
/// images of a few channels, one per row of the shuffle.
/// </summary>
internal sealed class ChannelLayout
{
    private readonly int[] _sources;

    public ChannelLayout(FoldedConvolution convolution)
    {
        var (shuffle, channels) = (convolution.Shuffle, convolution.ResultChannels);
        Shuffle = shuffle;
        IsPacked = channels <= Packing.NarrowChannels;
        var stride = Packing.PixelStride(channels);
        Columns = Packing.RoundUp(shuffle * shuffle * stride);
        _sources = new int[Columns];
        Array.Fill(_sources, -1);
        for (var phase = 0; phase < shuffle * shuffle; phase++)
        {
            for (var c = 0; c < channels; c++)
            {
                _sources[(phase * stride) + c] = (c * shuffle * shuffle) + phase;
            }
        }

        Runs = IsPacked
            ? [.. Enumerable.Range(0, shuffle).Select(dy => new Run(dy * shuffle * stride, shuffle * stride, dy, 0))]
            : [.. Enumerable.Range(0, shuffle * shuffle).Select(phase => new Run(phase * stride, stride, phase / shuffle, phase % shuffle * stride))];
    }

    /// <summary>Number of channels computed, a multiple of <see cref="Packing.ChannelMultiple"/>.</summary>
    public int Columns { get; }

    /// <summary>r.</summary>
    public int Shuffle { get; }

    /// <summary>Whether runs may be no multiple of a vector.</summary>
    public bool IsPacked { get; }

    public Run[] Runs { get; }

    /// <summary>The output channel of the convolution that a column holds, or -1 where it only fills up.</summary>
    public int Source(int column) => _sources[column];

    /// <summary>Columns that go to one stretch of memory.</summary>
    /// <param name="Column">The first column.</param>
    /// <param name="Length">Number of columns.</param>
    /// <param name="Row">dy: for pixel (y, x) of the convolution the stretch lies in row r y + dy.</param>
    /// <param name="Offset">Floats from pixel r x of that row to the stretch.</param>
    internal readonly record struct Run(int Column, int Length, int Row, int Offset);
}
