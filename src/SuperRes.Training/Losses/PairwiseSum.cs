using System.Numerics;
using System.Runtime.InteropServices;

namespace SuperRes.Training.Losses;

/// <summary>
/// Sums a term over the differences of two arrays while adding its gradient, in a fixed order: blocks of 4096 values in
/// float, the blocks in double. The order, and with it every bit of the sum, is the same on every run.
/// </summary>
internal static class PairwiseSum
{
    private const int Block = 4096;

    /// <summary>One value's loss and gradient.</summary>
    public interface ITerm
    {
        /// <summary>The loss of each difference; adds the gradient.</summary>
        Vector<float> Evaluate(Vector<float> difference, ref Vector<float> gradient);
    }

    public static double Over<TTerm>(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, TTerm term)
        where TTerm : struct, ITerm
    {
        double sum = 0;
        for (var start = 0; start < output.Length; start += Block)
        {
            var length = Math.Min(Block, output.Length - start);
            sum += OverBlock(output.Slice(start, length), target.Slice(start, length), gradient.Slice(start, length), term);
        }

        return sum;
    }

    private static double OverBlock<TTerm>(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient, TTerm term)
        where TTerm : struct, ITerm
    {
        var outputs = MemoryMarshal.Cast<float, Vector<float>>(output);
        var targets = MemoryMarshal.Cast<float, Vector<float>>(target);
        var gradients = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < outputs.Length; i++)
        {
            sums += term.Evaluate(outputs[i] - targets[i], ref gradients[i]);
        }

        double sum = Vector.Sum(sums);
        for (var i = outputs.Length * Vector<float>.Count; i < output.Length; i++)
        {
            var tail = new Vector<float>(gradient[i]);
            sum += term.Evaluate(new Vector<float>(output[i] - target[i]), ref tail)[0];
            gradient[i] = tail[0];
        }

        return sum;
    }
}
