namespace SuperRes.Engine.Steps;

/// <summary>The convolution of a spatial gate.</summary>
/// <param name="Kernel">Side, odd.</param>
/// <param name="Values">The filter of the means, then that of the maxima, each row-major.</param>
/// <param name="Bias">Added to each pixel.</param>
internal sealed record SpatialWeights(int Kernel, float[] Values, float Bias);
