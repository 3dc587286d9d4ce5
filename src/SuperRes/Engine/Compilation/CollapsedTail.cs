using System.Numerics;
using SuperRes.Engine.Kernels.Activations;

namespace SuperRes.Engine.Compilation;

/// <summary>
/// A 3x3 convolution A, a pixel shuffle by r and a 3x3 convolution B to an image, with nothing between them that is not
/// linear (EDSR's tail), as one: for each phase (py, px) of the shuffle a convolution of A's input by a small kernel. The
/// enlarged map of features in between never exists.
/// </summary>
/// <remarks>
/// Pixel (r y + py, r x + px) of the result sees, through tap t of B, the enlarged pixel r y + py + t: phase (py + t) mod r
/// of pixel y + floor((py + t) / r), which A makes from the pixels around that. The product of the two weights, summed
/// over the features between them, belongs to that offset. At r = 2 each phase sees 4x4 pixels: 16 * 3 products per feature
/// and enlarged pixel, where A by Winograd's algorithm and B take 64 / 36 * C + 9 * 3.
/// B sees zeros beyond the enlarged map's edges, not what A would make there, so its outermost taps are missing at the
/// edges: a phase that lies at an edge has a second set of weights for it, in each direction.
/// </remarks>
internal sealed class CollapsedTail
{
    private const int Kernel = 3;

    /// <summary>Fewer input channels are dearer collapsed than apart.</summary>
    private const int FewestChannels = 16;

    private readonly FoldedConvolution _wide;
    private readonly FoldedConvolution _narrow;

    public CollapsedTail(FoldedConvolution wide, FoldedConvolution narrow)
    {
        (_wide, _narrow) = (wide, narrow);
        Phases = [.. Enumerable.Range(0, Shuffle * Shuffle).Select(phase => Combine(phase / Shuffle, phase % Shuffle))];
    }

    /// <summary>r.</summary>
    public int Shuffle => _wide.Shuffle;

    public int InputChannels => _wide.InputChannels;

    public int OutputChannels => _narrow.OutputChannels;

    /// <summary>What follows B.</summary>
    public FoldedConvolution Narrow => _narrow;

    /// <summary>By py * r + px.</summary>
    public Phase[] Phases { get; }

    /// <summary>Whether the two convolutions can be made one, and it pays.</summary>
    public static bool Supports(FoldedConvolution wide, FoldedConvolution narrow) =>
        wide is { Shuffle: > 1, KernelHeight: Kernel, KernelWidth: Kernel, Padding: 1, Stride: 1, Activation: ActivationKind.Identity, InputChannels: >= FewestChannels }
        && narrow is { KernelHeight: Kernel, KernelWidth: Kernel, Padding: 1, Stride: 1, OutputChannels: <= 3, Shuffle: 1 };

    private Phase Combine(int py, int px)
    {
        var (top, left) = (FloorDivide(py - 1) - 1, FloorDivide(px - 1) - 1);
        var (height, width) = (FloorDivide(py + 1) + 2 - top, FloorDivide(px + 1) + 2 - left);
        var sets = new PhaseWeights?[4];
        for (var set = 0; set < sets.Length; set++)
        {
            var (atRowEdge, atColumnEdge) = ((set & 2) != 0, (set & 1) != 0);
            if ((!atRowEdge || IsAtEdge(py)) && (!atColumnEdge || IsAtEdge(px)))
            {
                sets[set] = new PhaseWeights(new double[OutputChannels * height * width * InputChannels], [.. _narrow.Bias]);
            }
        }

        var products = new double[InputChannels * Kernel * Kernel];
        for (var tap = 0; tap < Kernel * Kernel; tap++)
        {
            var (ty, tx) = ((tap / Kernel) - 1, (tap % Kernel) - 1);
            for (var o = 0; o < OutputChannels; o++)
            {
                var bias = Multiply(o, tap, PhaseOf(py + ty, px + tx), products);
                for (var set = 0; set < sets.Length; set++)
                {
                    if (sets[set] is { } weights && !(set >= 2 && IsOutside(py + ty)) && !(set % 2 == 1 && IsOutside(px + tx)))
                    {
                        weights.Bias[o] += bias;
                        Add(products, weights.Values, o, FloorDivide(py + ty) - 1 - top, FloorDivide(px + tx) - 1 - left, height, width);
                    }
                }
            }
        }

        return new Phase(py, px, top, left, height, width, sets);
    }

    /// <summary>One tap of B times the filters of A that it sees, summed over the features between them.</summary>
    /// <returns>The same of A's bias.</returns>
    private double Multiply(int o, int tap, int phase, double[] products)
    {
        Array.Clear(products);
        var bias = 0.0;
        var phases = Shuffle * Shuffle;
        for (var feature = 0; feature < _narrow.InputChannels; feature++)
        {
            var factor = _narrow.Filter(o, feature)[tap];
            var channel = (feature * phases) + phase;
            bias += factor * _wide.Bias[channel];
            var filters = _wide.Weight.AsSpan(channel * products.Length, products.Length);
            var i = 0;
            for (; i <= products.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                (new Vector<double>(products, i) + (new Vector<double>(filters[i..]) * factor)).CopyTo(products, i);
            }

            for (; i < products.Length; i++)
            {
                products[i] += factor * filters[i];
            }
        }

        return bias;
    }

    private void Add(double[] products, double[] values, int o, int y, int x, int height, int width)
    {
        for (var i = 0; i < products.Length; i++)
        {
            var (channel, tap) = Math.DivRem(i, Kernel * Kernel);
            var (row, column) = (y + (tap / Kernel), x + (tap % Kernel));
            values[(((((o * height) + row) * width) + column) * InputChannels) + channel] += products[i];
        }
    }

    private int FloorDivide(int offset) => Planning.RowRange.FloorDivide(offset, Shuffle);

    private int PhaseOf(int y, int x) => ((y - (FloorDivide(y) * Shuffle)) * Shuffle) + x - (FloorDivide(x) * Shuffle);

    /// <summary>Whether an enlarged pixel of this phase can lie at the edge of the enlarged map.</summary>
    private bool IsAtEdge(int phase) => phase == 0 || phase == Shuffle - 1;

    /// <summary>Whether an offset from pixel 0 or from the last one leaves the map.</summary>
    private bool IsOutside(int offset) => offset < 0 || offset >= Shuffle;

    /// <summary>One phase: the window of input pixels around (y + Top, x + Left), and its weights.</summary>
    /// <param name="Sets">Inside; at the edge in x; at the edge in y; at both. Null where the phase never is.</param>
    internal sealed record Phase(int Y, int X, int Top, int Left, int Height, int Width, PhaseWeights?[] Sets);

    /// <summary>Weights (O, Kh, Kw, I) and biases (O) of a phase.</summary>
    internal sealed record PhaseWeights(double[] Values, double[] Bias);
}
