namespace SuperRes.Networks.Operations;

/// <summary>Transposed convolution: (size - 1) * stride - 2 padding + kernel.</summary>
/// <param name="Weight">I, O, Kh, Kw (PyTorch's order: input channels first).</param>
/// <param name="Bias">O, or none.</param>
/// <param name="Stride">Upsampling factor in both directions.</param>
/// <param name="Padding">Pixels cut from each side of the full result.</param>
public sealed record ConvTranspose2d(Parameter Weight, Parameter? Bias, int Stride, int Padding) : Operation
{
    /// <summary>I.</summary>
    public int InputChannels => Weight.Shape[0];

    /// <summary>O.</summary>
    public int OutputChannels => Weight.Shape[1];

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
        return new FeatureShape(
            OutputChannels,
            ((input.Height - 1) * Stride) - (2 * Padding) + KernelHeight,
            ((input.Width - 1) * Stride) - (2 * Padding) + KernelWidth);
    }
}
