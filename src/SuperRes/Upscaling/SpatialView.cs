namespace SuperRes.Upscaling;

/// <summary>What a spatial gate was computed from in an image.</summary>
/// <param name="Logits">What it is the logistic function of, pixel by pixel.</param>
/// <param name="Pooled">The average and the maximum over the channels, pixel by pixel, one after the other.</param>
internal sealed record SpatialView(float[] Logits, float[] Pooled);
