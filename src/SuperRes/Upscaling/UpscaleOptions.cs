namespace SuperRes.Upscaling;

/// <summary>How <see cref="Upscaler"/> treats one image.</summary>
public sealed record UpscaleOptions
{
    /// <summary>The options used where none are given.</summary>
    public static UpscaleOptions Default { get; } = new();

    /// <summary>
    /// Runs the method on the eight flips and quarter turns of the image and averages the results, turned back
    /// (geometric self-ensemble, "EDSR+": Lim et al. 2017, arXiv:1707.02921, section 3.4). Eight times the work; about 0.1 dB
    /// for a network, nothing for a symmetric resampler.
    /// </summary>
    public bool SelfEnsemble { get; init; }

    /// <summary>
    /// Bytes that <see cref="Upscaler.UpscaleRows"/> may hold for this image: source, sink and the method's weights apart.
    /// Null for what suits the work best. A network then works in thinner strips, which takes a little longer.
    /// </summary>
    public long? MemoryBudget { get; init; }
}
