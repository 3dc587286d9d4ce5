using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// The transforms of Winograd's F(6x6, 3x3) (Lavin and Gray 2016, arXiv:1509.09308), with interpolation points 0, 1, -1,
/// 2, -2, 1/2, -1/2 and infinity. A 6x6 tile Y of a 3x3 convolution with filter g over an 8x8 window d is
/// <code>
/// Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A
///
///      | 1   0   -21/4   0    21/4   0   -1  0 |        |  1      0     0   |
///      | 0   1     1   -17/4 -17/4   1    1  0 |        | -2/9  -2/9  -2/9  |
///      | 0  -1     1    17/4 -17/4  -1    1  0 |        | -2/9   2/9  -2/9  |
/// Bᵀ = | 0  1/2   1/4   -5/2  -5/4   2    1  0 |    G = | 1/90   1/45  2/45 |
///      | 0 -1/2   1/4    5/2  -5/4  -2    1  0 |        | 1/90  -1/45  2/45 |
///      | 0   2     4    -5/2   -5   1/2   1  0 |        | 32/45 16/45  8/45 |
///      | 0  -2     4     5/2   -5  -1/2   1  0 |        | 32/45 -16/45 8/45 |
///      | 0  -1     0    21/4    0  -21/4  0  1 |        |  0      0     1   |
///
///      | 1  1   1   1   1    1     1    0 |
///      | 0  1  -1   2  -2   1/2  -1/2   0 |
/// Aᵀ = | 0  1   1   4   4   1/4   1/4   0 |
///      | 0  1  -1   8  -8   1/8  -1/8   0 |
///      | 0  1   1  16  16   1/16  1/16  0 |
///      | 0  1  -1  32 -32   1/32 -1/32  1 |
/// </code>
/// Summed over input channels, each of the 64 positions is one matrix product: tiles x input channels times input
/// channels x output channels. 64 multiplications make 36 results of 9 terms each: 5 times fewer than directly. Tiles of
/// 4x4 would make it 4 times; larger ones lose more digits than they save time.
/// </summary>
internal static class WinogradMath
{
    /// <summary>Width and height of a tile of results.</summary>
    public const int Tile = 6;

    /// <summary>Width and height of the window that a tile is computed from.</summary>
    public const int Window = 8;

    /// <summary>Elements of a transformed window: the number of matrix products.</summary>
    public const int Positions = Window * Window;

    /// <summary>
    /// Where Aᵀ e has ones only, for the unit vector e of index 1. Turned round: A y Aᵀ has the sum of a tile's pixels there,
    /// which is what the gradient of a bias is made of.
    /// </summary>
    public const int BiasPosition = (1 * Window) + 1;

    /// <summary>G g Gᵀ of four 3x3 filters, in double precision: a network has hundreds of thousands, and the program is waited for.</summary>
    /// <param name="filters">9 values of each, row-major.</param>
    /// <param name="transformed">64 values of each, row-major.</param>
    public static void TransformFilters(ReadOnlySpan<Vector256<double>> filters, Span<Vector256<double>> transformed)
    {
        Span<Vector256<double>> rows = stackalloc Vector256<double>[Window * 3];
        for (var j = 0; j < 3; j++)
        {
            Expand(filters[j], filters[3 + j], filters[6 + j], rows[j..], 3);
        }

        for (var i = 0; i < Window; i++)
        {
            Expand(rows[i * 3], rows[(i * 3) + 1], rows[(i * 3) + 2], transformed[(i * Window)..], 1);
        }
    }

    /// <summary>G applied to three values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expand(Vector256<double> g0, Vector256<double> g1, Vector256<double> g2, Span<Vector256<double>> target, int stride)
    {
        target[7 * stride] = g2;
        var (even, odd) = (((4 * g0) + g2) * (8 / 45.0), g1 * (16 / 45.0));
        target[6 * stride] = even - odd;
        target[5 * stride] = even + odd;
        (even, odd) = ((g0 + (4 * g2)) / 90, g1 / 45);
        target[4 * stride] = even - odd;
        target[3 * stride] = even + odd;
        (even, odd) = ((g0 + g2) * (-2 / 9.0), g1 * (2 / 9.0));
        target[2 * stride] = even + odd;
        target[stride] = even - odd;
        target[0] = g0;
    }
}
