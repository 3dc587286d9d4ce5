namespace SuperRes.Engine.Gradients;

/// <summary>What a rectifier does to the gradient that passes it: where its result is not above zero, it is multiplied by the slope.</summary>
/// <param name="Map">The rectified map.</param>
/// <param name="Slope">Slope below zero, not negative, so that the result has the sign of the input; 0 for a plain rectifier.</param>
internal sealed record GradientMask(BatchMap Map, float Slope);
