namespace SuperRes.Networks.Operations;

/// <summary>Convolution (cross-correlation, as everywhere in deep learning) with zero padding: floor((size + 2 padding - kernel) / stride) + 1.</summary>
/// <param name="Weight">O, I, Kh, Kw.</param>
/// <param name="Bias">O, or none.</param>
/// <param name="Stride">Step in both directions, at least 1.</param>
/// <param name="Padding">Zeros added on each side, in both directions.</param>
public sealed record Conv2d(Parameter Weight, Parameter? Bias, int Stride = 1, int Padding = 0) : Operation
{
    /// <summary>O.</summary>
    public int OutputChannels => Weight.Shape[0];

    /// <summary>I.</summary>
    public int InputChannels => Weight.Shape[1];

    /// <summary>Kh.</summary>
    public int KernelHeight => Weight.Shape[2];

    /// <summary>Kw.</summary>
    public int KernelWidth => Weight.Shape[3];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs)
    {
        var input = inputs[0];
        GraphException.ThrowIfChannelsDiffer(this, InputChannels, input);
        var height = ((input.Height + (2 * Padding) - KernelHeight) / Stride) + 1;
        var width = ((input.Width + (2 * Padding) - KernelWidth) / Stride) + 1;
        return input.Height + (2 * Padding) >= KernelHeight && input.Width + (2 * Padding) >= KernelWidth
            ? new FeatureShape(OutputChannels, height, width)
            : throw new GraphException($"A {KernelHeight}x{KernelWidth} convolution with padding {Padding} needs a larger input than {input}.");
    }
}
