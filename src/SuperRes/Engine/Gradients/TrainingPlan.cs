using SuperRes.Engine.Memory;

namespace SuperRes.Engine.Gradients;

/// <summary>A network compiled for training on batches of one size: steps in order, their maps and gradients in memory.</summary>
internal sealed class TrainingPlan : IDisposable
{
    private readonly IReadOnlyList<TrainingStep> _steps;
    private readonly IReadOnlyList<Action<bool>> _backward;
    private readonly IReadOnlyList<IDisposable> _owned;

    /// <param name="backward">What the backward pass does, in order, told whether parameters' gradients are wanted.</param>
    /// <param name="owned">What is freed with the plan.</param>
    public TrainingPlan(
        BatchMap input, IReadOnlyList<BatchMap> outputs, IReadOnlyList<BatchMap?> outputGradients, BatchMap? inputGradient, IReadOnlyList<TrainingStep> steps, IReadOnlyList<Action<bool>> backward, IReadOnlyList<IDisposable> owned)
    {
        (Input, Outputs, OutputGradients, InputGradient) = (input, outputs, outputGradients, inputGradient);
        (_steps, _backward, _owned) = (steps, backward, owned);
    }

    /// <summary>To be filled before <see cref="Forward"/>.</summary>
    public BatchMap Input { get; }

    /// <summary>One per output of the graph, each in an array.</summary>
    public IReadOnlyList<BatchMap> Outputs { get; }

    /// <summary>To be filled before <see cref="Backward"/>, which may overwrite them.</summary>
    public IReadOnlyList<BatchMap?> OutputGradients { get; }

    /// <summary>The gradient of the input, where the plan was compiled to find it.</summary>
    public BatchMap? InputGradient { get; }

    public void Forward()
    {
        foreach (var step in _steps)
        {
            step.Forward();
        }
    }

    /// <param name="parameters">Whether the parameters' gradients are wanted.</param>
    public void Backward(bool parameters)
    {
        foreach (var action in _backward)
        {
            action(parameters);
        }
    }

    public void Dispose()
    {
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }
    }
}
