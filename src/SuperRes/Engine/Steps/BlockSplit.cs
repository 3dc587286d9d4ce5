using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>Cuts work into blocks of nearly one size.</summary>
internal static class BlockSplit
{
    /// <summary>The rows of one of <paramref name="blocks"/> blocks.</summary>
    public static RowRange Range(RowRange rows, int block, int blocks) => new(
        rows.Start + (int)((long)rows.Count * block / blocks),
        rows.Start + (int)((long)rows.Count * (block + 1) / blocks));
}
