namespace SuperRes.Engine.Gradients;

/// <summary>Where a step puts the gradient with respect to one of its inputs.</summary>
/// <param name="Map">The gradient.</param>
/// <param name="Accumulate">Whether another step has put its share there already.</param>
/// <param name="Mask">Given to the last step that adds its share, so that the rectifier's own backward pass has nothing left to do. Null for none.</param>
internal sealed record GradientTarget(BatchMap Map, bool Accumulate, GradientMask? Mask = null);
