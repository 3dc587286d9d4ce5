namespace SuperRes.Engine.Gradients;

/// <summary>The columns of a convolution that a fused pixel shuffle puts at one place of each r x r block of pixels.</summary>
/// <param name="First">The first column.</param>
/// <param name="Columns">Number of columns: the shuffled map's channels.</param>
/// <param name="Row">dy.</param>
/// <param name="Column">dx.</param>
/// <param name="Shuffle">r; 1 where nothing is shuffled.</param>
internal sealed record Chunk(int First, int Columns, int Row, int Column, int Shuffle)
{
    /// <summary>Floats from the first pixel of the block's row to the chunk's.</summary>
    public nint Offset(int channels) => (nint)Column * channels;

    /// <summary>The chunks of a convolution's columns.</summary>
    public static Chunk[] Split(int columns, int shuffle)
    {
        var size = columns / (shuffle * shuffle);
        return [.. Enumerable.Range(0, shuffle * shuffle).Select(i => new Chunk(i * size, size, i / shuffle, i % shuffle, shuffle))];
    }
}
