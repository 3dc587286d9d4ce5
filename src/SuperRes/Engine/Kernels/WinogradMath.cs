namespace SuperRes.Engine.Kernels;

/// <summary>
/// The transforms of Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray 2016, arXiv:1509.09308, section 4.3), with
/// interpolation points 0, 1, -1, 2, -2 and infinity. A 4x4 tile Y of a 3x3 convolution with filter g over a 6x6 window d is
/// <code>
/// Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A
///
///      | 4  0 -5  0  1  0 |        | 1/4    0     0  |
///      | 0 -4 -4  1  1  0 |        |-1/6  -1/6  -1/6 |         | 1  1  1  1  1  0 |
/// Bᵀ = | 0  4 -4 -1  1  0 |    G = |-1/6   1/6  -1/6 |    Aᵀ = | 0  1 -1  2 -2  0 |
///      | 0 -2 -1  2  1  0 |        | 1/24  1/12  1/6 |         | 0  1  1  4  4  0 |
///      | 0  2 -1 -2  1  0 |        | 1/24 -1/12  1/6 |         | 0  1 -1  8 -8  1 |
///      | 0  4  0 -5  0  1 |        |  0     0     1  |
/// </code>
/// Summed over input channels, each of the 36 positions is one matrix product: tiles x input channels times input
/// channels x output channels. 36 multiplications make 16 results of 9 terms each: 4 times fewer than directly.
/// Training uses these tiles; inference, whose weights are transformed once, the larger ones of <see cref="Winograd63Math"/>.
/// </summary>
internal static class WinogradMath
{
    /// <summary>Width and height of a tile of results.</summary>
    public const int Tile = 4;

    /// <summary>Width and height of the window that a tile is computed from.</summary>
    public const int Window = 6;

    /// <summary>Elements of a transformed window: the number of matrix products.</summary>
    public const int Positions = Window * Window;

    /// <summary>
    /// Where Aᵀ e has ones only, for the unit vector e of index 1: a value added here before the output transform is
    /// added to every pixel of the tile. So a bias costs one addition per tile, not 16.
    /// </summary>
    public const int BiasPosition = (1 * Window) + 1;
}
