namespace SuperRes.Upscaling;

/// <summary>What a method may use of the machine. Chosen when it is loaded; results do not depend on it beyond rounding, tiles of CBAM apart.</summary>
public sealed record MethodOptions
{
    /// <summary>The options used where none are given.</summary>
    public static MethodOptions Default { get; } = new();

    /// <summary>
    /// Threads to use at most; 0 for one per processor. <see cref="Upscaler.UpscaleRows"/> makes colour and alpha side by
    /// side, each with that many.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>
    /// Side in input pixels of the tiles that a network works through, each seen with as much around it as the network's
    /// receptive field; 0 for none. Results are those of the whole image, except with networks that pool over it (CBAM):
    /// those then pool over a tile. A ViT keeps its windows, and classical methods ignore it.
    /// </summary>
    public int TileSize { get; init; }

    /// <summary>
    /// Bytes that a network may use for its working memory, beside the image itself; null lets it choose. Images enlarged at
    /// once may each use as much, and what is kept for the next ones is within it too. Classical methods ignore it.
    /// </summary>
    public long? MemoryBudget { get; init; }
}
