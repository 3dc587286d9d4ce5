namespace SuperRes.Studio.Attention;

/// <summary>Where a network looked.</summary>
/// <param name="Id">Names the answer; its heat maps last as long as uploads do.</param>
/// <param name="Width">Width of what it looked at, in pixels.</param>
/// <param name="Height">Height of what it looked at, in pixels.</param>
/// <param name="Layers">Its attention modules, in the order in which the image passes them.</param>
internal sealed record AttentionView(string Id, int Width, int Height, IReadOnlyList<AttentionLayerView> Layers);

/// <param name="Name">The module's name in the network.</param>
/// <param name="Block">Its number, from 1.</param>
/// <param name="ChannelWeights">What each channel was multiplied by, 0 to 1; null where channels are not gated.</param>
/// <param name="Spatial">What each position was multiplied by; null where positions are not gated.</param>
internal sealed record AttentionLayerView(string Name, int Block, IReadOnlyList<float>? ChannelWeights, SpatialView? Spatial);

/// <param name="Width">Width of the map.</param>
/// <param name="Height">Height of the map.</param>
/// <param name="Min">The smallest weight: the heat map's darkest colour.</param>
/// <param name="Max">The largest weight: the heat map's brightest colour.</param>
/// <param name="Url">The heat map, PNG.</param>
internal sealed record SpatialView(int Width, int Height, float Min, float Max, string Url);
