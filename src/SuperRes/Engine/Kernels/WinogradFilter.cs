using System.Runtime.CompilerServices;
using SuperRes.Engine.Compilation;
using SuperRes.Engine.Memory;
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
    /// <param name="matrices">64 matrices [depth, columns], packed for <see cref="PanelGemm{TSimd}"/>.</param>
    /// <param name="matrixStride">Floats from one matrix to the next.</param>
    public static void Transform(float* taps, nint tapStride, int k, int depth, int columns, float* matrices, nint matrixStride)
    {
        var rowsRoom = stackalloc byte[CacheLine.Room<TSimd>(WinogradMath.Window * 3)];
        var rows = CacheLine.Align<TSimd>(rowsRoom);
        var lineRoom = stackalloc byte[CacheLine.Room<TSimd>(WinogradMath.Window)];
        var line = CacheLine.Align<TSimd>(lineRoom);
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
                for (var j = 0; j < WinogradMath.Window; j++, target += matrixStride)
                {
                    line[j].Store(target);
                }
            }
        }
    }

    /// <summary>Adds Gᵀ dU G of a run of elements to the taps' gradients.</summary>
    /// <param name="gradients">The first matrix's first element.</param>
    /// <param name="matrixStride">Floats from one of the 64 matrices to the next.</param>
    /// <param name="length">Elements, a multiple of the vector.</param>
    /// <param name="taps">The first tap's first element.</param>
    /// <param name="tapStride">Floats from one of the 9 taps to the next.</param>
    public static void AddGradient(float* gradients, nint matrixStride, nint length, float* taps, nint tapStride)
    {
        var rowsRoom = stackalloc byte[CacheLine.Room<TSimd>(3 * WinogradMath.Window)];
        var rows = CacheLine.Align<TSimd>(rowsRoom);
        var lineRoom = stackalloc byte[CacheLine.Room<TSimd>(3)];
        var line = CacheLine.Align<TSimd>(lineRoom);
        for (nint element = 0; element < length; element += TSimd.Count)
        {
            for (var j = 0; j < WinogradMath.Window; j++)
            {
                Contract(gradients + (j * matrixStride) + element, WinogradMath.Window * matrixStride, line);
                rows[j] = line[0];
                rows[WinogradMath.Window + j] = line[1];
                rows[(2 * WinogradMath.Window) + j] = line[2];
            }

            var target = taps + element;
            for (var i = 0; i < 3; i++)
            {
                Contract((float*)(rows + (i * WinogradMath.Window)), TSimd.Count, line);
                for (var j = 0; j < 3; j++, target += tapStride)
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
        var two9 = TSimd.Broadcast(2 / 9f);
        var (even, odd) = (two9 * (g0 + g2), two9 * g1);
        target[0] = g0;
        target[stride] = TSimd.Zero - (even + odd);
        target[2 * stride] = odd - even;
        even = TSimd.MultiplyAdd(TSimd.Broadcast(1 / 90f), g0, TSimd.Broadcast(2 / 45f) * g2);
        odd = TSimd.Broadcast(1 / 45f) * g1;
        target[3 * stride] = even + odd;
        target[4 * stride] = even - odd;
        even = TSimd.MultiplyAdd(TSimd.Broadcast(32 / 45f), g0, TSimd.Broadcast(8 / 45f) * g2);
        odd = TSimd.Broadcast(16 / 45f) * g1;
        target[5 * stride] = even + odd;
        target[6 * stride] = even - odd;
        target[7 * stride] = g2;
    }

    /// <summary>Gᵀ applied to eight values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Contract(float* u, nint stride, TSimd* target)
    {
        TSimd u1 = TSimd.Load(u + stride), u2 = TSimd.Load(u + (2 * stride));
        TSimd u3 = TSimd.Load(u + (3 * stride)), u4 = TSimd.Load(u + (4 * stride));
        TSimd u5 = TSimd.Load(u + (5 * stride)), u6 = TSimd.Load(u + (6 * stride));
        TSimd near = u1 + u2, far = u3 + u4, half = u5 + u6;
        var ninths = TSimd.Broadcast(-2 / 9f);
        target[0] = Sum(TSimd.Load(u), ninths, near, 1 / 90f, far, 32 / 45f, half);
        target[1] = Sum(TSimd.Zero, ninths, u1 - u2, 1 / 45f, u3 - u4, 16 / 45f, u5 - u6);
        target[2] = Sum(TSimd.Load(u + (7 * stride)), ninths, near, 2 / 45f, far, 8 / 45f, half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSimd Sum(TSimd start, TSimd a, TSimd x, float b, TSimd y, float c, TSimd z) =>
        TSimd.MultiplyAdd(TSimd.Broadcast(c), z, TSimd.MultiplyAdd(TSimd.Broadcast(b), y, TSimd.MultiplyAdd(a, x, start)));
}
