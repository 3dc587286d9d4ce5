namespace SuperRes.Upscaling.Streaming;

/// <summary>How a side of an image is cut: into parts of which each is seen with a margin, and kept without.</summary>
/// <param name="Side">Pixels of a window of fixed size, margins included; or pixels that are kept of a tile.</param>
/// <param name="Margin">Pixels seen beyond what is kept, each way.</param>
/// <param name="IsFixed">Whether every window has the same size, for a network that takes no other.</param>
internal readonly record struct TileCut(int Side, int Margin, bool IsFixed)
{
    /// <summary>Windows of the only size that a network takes, a sixth of it on each side to be seen and not kept.</summary>
    public static TileCut Windows(int side) => new(side, side / 6, IsFixed: true);

    /// <summary>Tiles that see as far around them as the network looks.</summary>
    public static TileCut Tiles(int side, int receptiveField) => new(side, receptiveField, IsFixed: false);

    /// <summary>The largest window that is cut from a side of this length.</summary>
    public int LargestWindow(int length) => IsFixed ? Side : (int)Math.Min(length, Side + (2L * Margin));

    /// <summary>Pixels that the image must have at least; it is continued to that.</summary>
    public int LeastLength => IsFixed ? Side : 1;

    /// <summary>The part that begins with pixel <paramref name="from"/>.</summary>
    /// <param name="from">The first pixel that is not yet made.</param>
    /// <param name="length">The image's length.</param>
    /// <param name="available">Its length with what continues it.</param>
    public Part Next(int from, int length, int available)
    {
        if (IsFixed)
        {
            var start = Math.Clamp(from - Margin, 0, available - Side);
            return new Part(start, Side, (start + Side >= length ? length : start + Side - Margin) - from);
        }

        var (first, kept) = (Math.Max(0, from - Margin), Math.Min(Side, length - from));
        return new Part(first, (int)Math.Min(length, (long)from + kept + Margin) - first, kept);
    }

    /// <summary>A window along one side.</summary>
    /// <param name="Start">Where it begins.</param>
    /// <param name="Length">How many pixels it has.</param>
    /// <param name="Kept">How many are kept, from the one that is next.</param>
    internal readonly record struct Part(int Start, int Length, int Kept);
}
