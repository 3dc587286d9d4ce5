namespace SuperRes.Networks.Operations;

/// <summary>Largest value of each <paramref name="Kernel"/> x <paramref name="Kernel"/> window, stepping by the kernel's size (VGG): floor(size / kernel).</summary>
public sealed record MaxPool2d(int Kernel) : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs)
    {
        var input = inputs[0];
        return input.Height >= Kernel && input.Width >= Kernel
            ? input with { Height = input.Height / Kernel, Width = input.Width / Kernel }
            : throw new GraphException($"MaxPool2d of {Kernel}x{Kernel} needs a larger input than {input}.");
    }
}
