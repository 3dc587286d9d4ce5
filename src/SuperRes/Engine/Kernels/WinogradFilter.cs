using System.Runtime.CompilerServices;
using SuperRes.Engine.Compilation;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// Winograd's filter transform U = G g Gᵀ for weights that change every step, and its transpose, which carries the
/// gradient back: dg = Gᵀ dU G (mathematics: <see cref="WinogradMath"/>). Vectors run over output channels.
/// </summary>
internal static unsafe class WinogradFilter<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Transforms the taps of one input channel.</summary>
    /// <param name="taps">The first tap's row: <paramref name="columns"/> weights.</param>
    /// <param name="tapStride">Floats from a tap's row to the next tap's; negative from the last tap on turns the kernel by half a turn.</param>
    /// <param name="k">The row that they become: the input channel.</param>
    /// <param name="depth">Input channels.</param>
    /// <param name="columns">Output channels, a multiple of 16.</param>
    /// <param name="matrices">36 matrices [depth, columns], packed for <see cref="PanelGemm{TSimd}"/>.</param>
    public static void Transform(float* taps, nint tapStride, int k, int depth, int columns, float* matrices)
    {
        var matrix = (nint)depth * columns;
        var rows = stackalloc TSimd[WinogradMath.Window * 3];
        var line = stackalloc TSimd[WinogradMath.Window];
        for (var column = 0; column < columns; column += TSimd.Count)
        {
            for (var j = 0; j < 3; j++)
            {
                var g = taps + (j * tapStride) + column;
                Expand(TSimd.Load(g), TSimd.Load(g + (3 * tapStride)), TSimd.Load(g + (6 * tapStride)), rows + j, 3);
            }

            var target = matrices + Packing.PanelOffset(k, column, depth, columns, PanelGemm<TSimd>.MaximalColumns);
            for (var i = 0; i < WinogradMath.Window; i++)
            {
                Expand(rows[i * 3], rows[(i * 3) + 1], rows[(i * 3) + 2], line, 1);
                for (var j = 0; j < WinogradMath.Window; j++, target += matrix)
                {
                    line[j].Store(target);
                }
            }
        }
    }

    /// <summary>Adds Gᵀ dU G of a run of elements to the taps' gradients.</summary>
    /// <param name="gradients">36 matrices' elements, <paramref name="matrix"/> apart.</param>
    /// <param name="matrix">Elements of one matrix.</param>
    /// <param name="start">First element, a multiple of the vector.</param>
    /// <param name="length">Elements, a multiple of the vector.</param>
    /// <param name="taps">9 matrices' elements, <paramref name="matrix"/> apart.</param>
    public static void AddGradient(float* gradients, nint matrix, nint start, nint length, float* taps)
    {
        var rows = stackalloc TSimd[3 * WinogradMath.Window];
        var line = stackalloc TSimd[3];
        for (var element = start; element < start + length; element += TSimd.Count)
        {
            for (var j = 0; j < WinogradMath.Window; j++)
            {
                var u = gradients + (j * matrix) + element;
                Contract(u, WinogradMath.Window * matrix, line);
                rows[j] = line[0];
                rows[WinogradMath.Window + j] = line[1];
                rows[(2 * WinogradMath.Window) + j] = line[2];
            }

            var target = taps + element;
            for (var i = 0; i < 3; i++)
            {
                Contract((float*)(rows + (i * WinogradMath.Window)), TSimd.Count, line);
                for (var j = 0; j < 3; j++, target += matrix)
                {
                    (TSimd.Load(target) + line[j]).Store(target);
                }
            }
        }
    }

    /// <summary>G applied to three values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expand(TSimd g0, TSimd g1, TSimd g2, TSimd* target, int stride)
    {
        var sixth = TSimd.Broadcast(1 / 6f);
        var outer = g0 + g2;
        target[0] = TSimd.Broadcast(1 / 4f) * g0;
        target[stride] = TSimd.Zero - (sixth * (outer + g1));
        target[2 * stride] = sixth * (g1 - outer);
        var even = TSimd.MultiplyAdd(TSimd.Broadcast(1 / 24f), g0, sixth * g2);
        var odd = TSimd.Broadcast(1 / 12f) * g1;
        target[3 * stride] = even + odd;
        target[4 * stride] = even - odd;
        target[5 * stride] = g2;
    }

    /// <summary>Gᵀ applied to six values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Contract(float* u, nint stride, TSimd* target)
    {
        var sixth = TSimd.Broadcast(1 / 6f);
        var u1 = TSimd.Load(u + stride);
        var u2 = TSimd.Load(u + (2 * stride));
        var u3 = TSimd.Load(u + (3 * stride));
        var u4 = TSimd.Load(u + (4 * stride));
        var near = sixth * (u1 + u2);
        var far = u3 + u4;
        target[0] = TSimd.MultiplyAdd(TSimd.Broadcast(1 / 4f), TSimd.Load(u), TSimd.MultiplyAdd(TSimd.Broadcast(1 / 24f), far, TSimd.Zero - near));
        target[1] = TSimd.MultiplyAdd(TSimd.Broadcast(1 / 12f), u3 - u4, sixth * (u2 - u1));
        target[2] = TSimd.MultiplyAdd(sixth, far, TSimd.Load(u + (5 * stride)) - near);
    }
}
