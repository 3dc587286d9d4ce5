using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>Cuts work into blocks of nearly one size.</summary>
internal static class BlockSplit
{
    /// <summary>Values below which waking another thread costs more than it brings.</summary>
    private const int ValuesPerThread = 1 << 16;

    /// <summary>Blocks for work that only touches each value once: as many as threads, or fewer where there is little to do.</summary>
    public static int Count(Frame frame, RowRange rows, int rowLength) =>
        (int)Math.Clamp((long)rows.Count * rowLength / ValuesPerThread, 1, Math.Min(rows.Count, frame.Threads));

    /// <summary>The rows of one of <paramref name="blocks"/> blocks.</summary>
    public static RowRange Range(RowRange rows, int block, int blocks) => new(
        rows.Start + (int)((long)rows.Count * block / blocks),
        rows.Start + (int)((long)rows.Count * (block + 1) / blocks));
}
