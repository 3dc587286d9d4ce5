using SuperRes.Engine.Kernels;

namespace SuperRes.Engine.Steps;

/// <summary>How the tiles of a Winograd convolution are cut into blocks, in multiples of the product's rows.</summary>
internal readonly struct TileBlocks
{
    private const int RowMultiple = 6;

    /// <summary>
    /// Elements of transformed tiles in a block. Measured best for 64 channels where a core has 512 KB of its own: more tiles
    /// push each other out of the cache, fewer read the weights too often.
    /// </summary>
    private const int PreferredElements = 768;

    /// <summary>What a block's values may take before and after the product, in floats, so that they stay in a core's cache.</summary>
    private const int CacheFloats = 256 * 1024;

    private readonly int _tiles;
    private readonly int _packs;

    /// <param name="tiles">All tiles.</param>
    /// <param name="maximum">Tiles of a block at most.</param>
    /// <param name="threads">Threads to keep busy.</param>
    public TileBlocks(int tiles, int maximum, int threads)
    {
        _tiles = tiles;
        _packs = (tiles + RowMultiple - 1) / RowMultiple;
        var count = (_packs + (maximum / RowMultiple) - 1) / (maximum / RowMultiple);
        Count = count < 4 * threads ? Math.Min(_packs, (count + threads - 1) / threads * threads) : count;
    }

    /// <summary>Number of blocks.</summary>
    public int Count { get; }

    /// <summary>Tiles that a block holds at most when a tile has the given channels before and after the product.</summary>
    /// <param name="positions">Elements of a transformed tile.</param>
    public static int MaximalTiles(int positions, int inputChannels, int outputChannels)
    {
        var fitting = CacheFloats / (positions * (inputChannels + outputChannels));
        return Math.Clamp(fitting / RowMultiple * RowMultiple, RowMultiple, PreferredElements / positions / RowMultiple * RowMultiple);
    }

    /// <summary>Floats between the values of two positions; the addition keeps them from falling into the same cache sets.</summary>
    public static nint PositionStride(int tiles, int channels) => ((nint)tiles * channels) + 16;

    /// <summary>The first tile and the number of tiles of a block.</summary>
    public (int First, int Count) Block(int block)
    {
        var first = (int)((long)_packs * block / Count) * RowMultiple;
        var end = Math.Min(_tiles, (int)((long)_packs * (block + 1) / Count) * RowMultiple);
        return (first, end - first);
    }
}
