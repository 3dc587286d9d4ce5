using SuperRes.Networks;

namespace SuperRes.Engine.Gradients;

/// <summary>A step with the nodes that it stands between.</summary>
/// <param name="Step">The step.</param>
/// <param name="Inputs">The nodes whose maps it reads.</param>
/// <param name="Output">The node whose map it makes, after everything that is fused with it.</param>
/// <param name="Slope">Slope below zero of the fused rectifier that the output went through, by which its gradient must be masked; null for none.</param>
internal sealed record PlannedStep(TrainingStep Step, IReadOnlyList<Node> Inputs, Node Output, float? Slope = null)
{
    /// <summary>Called once the step's gradients are known.</summary>
    public Action? Prepare { get; init; }

    /// <summary>Which steps made a node's map, to ask for their rectifier.</summary>
    public required IReadOnlyDictionary<Node, PlannedStep> Producers { get; init; }

    /// <summary>The map that masks the gradient of an input, where the input came through a fused rectifier; its step is told.</summary>
    public GradientMask? MaskOf(Node input, IReadOnlyDictionary<Node, BatchMap> values)
    {
        if (!Producers.TryGetValue(input, out var producer) || producer.Slope is not { } slope)
        {
            return null;
        }

        producer.Step.OutputGradientMasked = true;
        return new GradientMask(values[input], slope);
    }
}
