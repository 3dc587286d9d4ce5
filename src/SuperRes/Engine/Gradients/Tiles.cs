using SuperRes.Engine.Kernels;

namespace SuperRes.Engine.Gradients;

/// <summary>The 6x6 tiles of a batch of maps, numbered through all images.</summary>
internal readonly struct Tiles(int count, int height, int width)
{
    private readonly int _across = (width + WinogradMath.Tile - 1) / WinogradMath.Tile;
    private readonly int _down = (height + WinogradMath.Tile - 1) / WinogradMath.Tile;

    /// <summary>Number of tiles.</summary>
    public int Count => count * _across * _down;

    /// <summary>Image, and the first row and column of a tile.</summary>
    public (int Image, int Y, int X) this[int tile]
    {
        get
        {
            var (image, place) = Math.DivRem(tile, _across * _down);
            var (row, column) = Math.DivRem(place, _across);
            return (image, row * WinogradMath.Tile, column * WinogradMath.Tile);
        }
    }
}
