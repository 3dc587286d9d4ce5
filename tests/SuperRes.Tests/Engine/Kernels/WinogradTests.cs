using System.Runtime.Intrinsics;
using SuperRes.Engine.Kernels;
using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Simd;

namespace SuperRes.Tests.Engine.Kernels;

public sealed unsafe class WinogradTests
{
    private const int Channels = 16;
    private const int Window = 8;
    private const int Tile = 6;

    [Fact]
    public void Transforms_OfOneTile_MakeTheCorrelation()
    {
        MakesTheCorrelation<Simd128>();
        MakesTheCorrelation<Simd256>();
        MakesTheCorrelation<Simd512>();
    }

    /// <summary>Each channel with a filter, a bias and a residual of its own: the products are then element by element.</summary>
    private static void MakesTheCorrelation<TSimd>()
        where TSimd : unmanaged, ISimd<TSimd>
    {
        var random = new Random(1);
        var (window, residual, bias) = (Values(random, Window * Window * Channels), Values(random, Tile * Tile * Channels), Values(random, Channels));
        var filters = Enumerable.Range(0, Channels).Select(_ => Array.ConvertAll(Values(random, 9), value => (double)value)).ToArray();
        var (positions, result, slopes) = (new float[Window * Window * Channels], new float[Tile * Tile * Channels], new float[Channels]);
        fixed (float* d = window, m = positions, r = residual, b = bias, y = result, s = slopes)
        {
            var rows = stackalloc float*[Window];
            var targets = stackalloc float*[Tile];
            var addends = stackalloc float*[Tile];
            for (var i = 0; i < Window; i++)
            {
                rows[i] = d + (i * Window * Channels);
            }

            for (var i = 0; i < Tile; i++)
            {
                targets[i] = y + (i * Tile * Channels);
                addends[i] = r + (i * Tile * Channels);
            }

            WinogradInput<TSimd>.Transform(rows, 0, Window, Channels, Channels, m, Channels, rows);
            var transformed = new Vector256<double>[Window * Window];
            for (var c = 0; c < Channels; c += Vector256<double>.Count)
            {
                var sideBySide = Enumerable.Range(0, 9).Select(tap => Vector256.Create(filters[c][tap], filters[c + 1][tap], filters[c + 2][tap], filters[c + 3][tap]));
                WinogradMath.TransformFilters(sideBySide.ToArray(), transformed);
                for (var position = 0; position < transformed.Length; position++)
                {
                    for (var lane = 0; lane < Vector256<double>.Count; lane++)
                    {
                        m[(position * Channels) + c + lane] *= (float)transformed[position][lane];
                    }
                }
            }

            WinogradOutput<TSimd, Identity<TSimd>>.Transform(m, Channels, Channels, b, s, targets, addends, Channels);
        }

        for (var i = 0; i < result.Length; i++)
        {
            var (pixel, c) = Math.DivRem(i, Channels);
            var (row, column) = Math.DivRem(pixel, Tile);
            var expected = (double)bias[c] + residual[i];
            for (var tap = 0; tap < 9; tap++)
            {
                expected += filters[c][tap] * window[((((row + (tap / 3)) * Window) + column + (tap % 3)) * Channels) + c];
            }

            Assert.Equal(expected, result[i], 1e-5);
        }
    }

    private static float[] Values(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 2) - 1)];
}
