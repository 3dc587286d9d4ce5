namespace SuperRes.Evaluation.Studies;

/// <summary>What a spatial gate does on average over images.</summary>
/// <param name="Logit">Mean of what it is the logistic function of, over the pixels whose window lies within the image: its weights themselves may be 1 to the last bit.</param>
/// <param name="Average">Mean of the map of averages that it is computed from.</param>
/// <param name="Maximum">Mean of the map of maxima.</param>
internal sealed record SpatialMeans(float Logit, float Average, float Maximum);
