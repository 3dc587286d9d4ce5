namespace SuperRes.Upscaling;

/// <summary>What one attention module (CBAM) of a network did to an image.</summary>
/// <param name="Name">The module's name in the network: <c>body.3.attention</c>.</param>
/// <param name="Number">Which module it is in the network, from 1, the first one that the image passes.</param>
/// <param name="ChannelWeights">C values in (0, 1): what each channel was multiplied by, before <see cref="SuperRes.Networks.Architectures.CbamOptions.Gain"/>, by which the module's output is multiplied as well; null if the module gates no channels.</param>
/// <param name="Spatial">What each pixel was multiplied by, before the gain too; null if the module gates no positions.</param>
public sealed record AttentionLayer(string Name, int Number, IReadOnlyList<float>? ChannelWeights, SpatialAttention? Spatial);
