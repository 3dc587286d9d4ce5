namespace SuperRes.Networks.Operations;

/// <summary>
/// Sub-pixel rearrangement (Shi et al. 2016, arXiv:1609.05158): channel c * r² + dy * r + dx of pixel (y, x) becomes
/// channel c of pixel (r y + dy, r x + dx).
/// </summary>
/// <param name="Factor">r.</param>
public sealed record PixelShuffle(int Factor) : Operation
{
    /// <inheritdoc/>
    public override FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs)
    {
        var (channels, height, width) = inputs[0];
        return channels % (Factor * Factor) == 0
            ? new FeatureShape(channels / (Factor * Factor), height * Factor, width * Factor)
            : throw new GraphException($"PixelShuffle by {Factor} needs a multiple of {Factor * Factor} channels, got {inputs[0]}.");
    }
}
