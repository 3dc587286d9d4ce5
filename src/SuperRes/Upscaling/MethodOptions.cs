namespace SuperRes.Upscaling;

/// <summary>What a method may use of the machine. Chosen when it is loaded; results do not depend on it beyond rounding.</summary>
public sealed record MethodOptions
{
    /// <summary>The options used where none are given.</summary>
    public static MethodOptions Default { get; } = new();

    /// <summary>Threads to use at most; 0 for one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>Side in input pixels of the tiles that a network works through; 0 lets it choose. Classical methods ignore it.</summary>
    public int TileSize { get; init; }

    /// <summary>Bytes that a network may use for its working memory, beside the image itself; null lets it choose. Classical methods ignore it.</summary>
    public long? MemoryBudget { get; init; }
}
