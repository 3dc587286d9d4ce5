namespace SuperRes.Evaluation.Studies;

/// <summary>What a spatial gate does on average over images.</summary>
/// <param name="Weight">Mean weight over the pixels whose window lies within the image.</param>
/// <param name="Average">Mean of the map of averages that it is computed from.</param>
/// <param name="Maximum">Mean of the map of maxima.</param>
internal sealed record SpatialMeans(float Weight, float Average, float Maximum);
