using SuperRes.Training.Data;
using SuperRes.Training.Losses;
using SuperRes.Training.Optimization;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Trainers;

/// <summary>Training on losses between output and target; the whole of a run, or what comes before its adversarial phase.</summary>
internal sealed class PixelPhase(Recipe recipe, ITrainableNetwork network, ITrainingDevice device) : ITrainingPhase
{
    private readonly LossSum _losses = new(recipe.Losses, device);
    private readonly OptimizerSteps _steps = new(recipe.Optimizer, 1, recipe.LastPixelStep);

    public IReadOnlyDictionary<string, NetworkState> Save() => new Dictionary<string, NetworkState>();

    public void Load(IReadOnlyDictionary<string, NetworkState> networks)
    {
    }

    public StepOutcome Run(long step, TrainingBatch batch)
    {
        var parts = new LossParts();
        network.ClearGradients();
        var loss = OnDevice is { } device ? Learn(device, batch, parts) : Learn(batch, parts);
        var outcome = new StepOutcome(loss, network.GradientNorm(), _steps.LearningRate(step), parts.Values);
        if (outcome.IsFinite)
        {
            network.Update(_steps.At(step, outcome.GradientNorm));
        }
        else
        {
            network.RestoreStatistics();
        }

        return outcome;
    }

    public void Dispose() => _losses.Dispose();

    /// <summary>The network, where its device can do the losses too.</summary>
    private IPixelLossNetwork? OnDevice => network is IPixelLossNetwork able && _losses.ArePixelsAll && _losses.Pixels.All(able.Has) ? able : null;

    private double Learn(TrainingBatch batch, LossParts parts)
    {
        var loss = _losses.Evaluate(network.Forward(batch.Input), batch.Targets, parts);
        network.Backward(_losses.Gradients, GradientTargets.Parameters);
        return loss;
    }

    private double Learn(IPixelLossNetwork device, TrainingBatch batch, LossParts parts) =>
        device.Learn(batch.Input, batch.Targets, _losses.Pixels).Zip(_losses.Pixels, (value, loss) => parts.Add(loss.Kind, value)).Sum();
}
