using SuperRes.Engine.Kernels.Activations;

namespace SuperRes.Engine.Compilation;

/// <summary>
/// A convolution with everything folded into it that follows it in the graph: batch norm, scaling and mean shift in its
/// weights and bias; then residual, activation and pixel shuffle, in this order.
/// </summary>
internal sealed class FoldedConvolution
{
    /// <summary>O, I, Kh, Kw.</summary>
    public required double[] Weight { get; init; }

    /// <summary>O.</summary>
    public required double[] Bias { get; init; }

    public required int OutputChannels { get; init; }

    public required int InputChannels { get; init; }

    public required int KernelHeight { get; init; }

    public required int KernelWidth { get; init; }

    public int Stride { get; init; } = 1;

    public int Padding { get; init; }

    public ActivationKind Activation { get; set; }

    /// <summary>The activation's parameter of each output channel.</summary>
    public float[]? ActivationParameters { get; set; }

    /// <summary>Factor of the pixel shuffle; 1 for none. Output channel c * r² + dy * r + dx becomes channel c of pixel (r y + dy, r x + dx).</summary>
    public int Shuffle { get; set; } = 1;

    /// <summary>Channels after the shuffle.</summary>
    public int ResultChannels => OutputChannels / (Shuffle * Shuffle);

    /// <summary>The Kh x Kw filter from input channel i to output channel o, row-major.</summary>
    public ReadOnlySpan<double> Filter(int o, int i)
    {
        var size = KernelHeight * KernelWidth;
        return Weight.AsSpan(((o * InputChannels) + i) * size, size);
    }

    /// <summary>Multiplies an output channel by a factor.</summary>
    public void ScaleOutput(int o, double factor)
    {
        var size = InputChannels * KernelHeight * KernelWidth;
        foreach (ref var weight in Weight.AsSpan(o * size, size))
        {
            weight *= factor;
        }

        Bias[o] *= factor;
    }
}
