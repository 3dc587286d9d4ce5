using System.Runtime.CompilerServices;

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

    /// <summary>G g Gᵀ of one 3x3 filter, in double precision.</summary>
    /// <param name="filter">9 values, row-major.</param>
    /// <param name="transformed">36 values, row-major.</param>
    public static void TransformFilter(ReadOnlySpan<double> filter, Span<double> transformed)
    {
        Span<double> rows = stackalloc double[Window * 3];
        for (var j = 0; j < 3; j++)
        {
            Expand(filter[j], filter[3 + j], filter[6 + j], rows[j..], 3);
        }

        for (var i = 0; i < Window; i++)
        {
            Expand(rows[i * 3], rows[(i * 3) + 1], rows[(i * 3) + 2], transformed[(i * Window)..], 1);
        }
    }

    /// <summary>G applied to three values. Written out: a network has hundreds of thousands of filters, and the program is waited for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expand(double g0, double g1, double g2, Span<double> target, int stride)
    {
        target[5 * stride] = g2;
        var (even, odd) = ((g0 / 24) + (g2 / 6), g1 / 12);
        target[4 * stride] = even - odd;
        target[3 * stride] = even + odd;
        var (outer, middle) = ((g0 + g2) / 6, g1 / 6);
        target[2 * stride] = middle - outer;
        target[stride] = -(outer + middle);
        target[0] = g0 / 4;
    }
}
