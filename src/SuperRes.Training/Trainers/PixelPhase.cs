using SuperRes.Training.Data;
using SuperRes.Training.Losses;
using SuperRes.Training.Optimization;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Trainers;

/// <summary>Training on losses between output and target; the whole of a run, or what comes before its adversarial phase.</summary>
internal sealed class PixelPhase(Recipe recipe, ITrainableNetwork network, ITrainingDevice device) : ITrainingPhase
{
    private readonly LossSum _losses = new(recipe.Losses, device);
    private readonly OptimizerSteps _steps = new(recipe.Optimizer, 1, recipe.Adversarial?.Pretraining ?? recipe.Steps);

    public IReadOnlyDictionary<string, NetworkState> Save() => new Dictionary<string, NetworkState>();

    public void Load(IReadOnlyDictionary<string, NetworkState> networks)
    {
    }

    public StepOutcome Run(long step, TrainingBatch batch)
    {
        var parts = new LossParts();
        var outputs = network.Forward(batch.Input);
        var loss = _losses.Evaluate(outputs, batch.Targets, parts);
        network.ClearGradients();
        network.Backward(_losses.Gradients, GradientTargets.Parameters);
        var outcome = new StepOutcome(loss, network.GradientNorm(), _steps.LearningRate(step), parts.Values);
        if (outcome.IsFinite)
        {
            network.Update(_steps.At(step, outcome.GradientNorm));
        }

        return outcome;
    }

    public void Dispose() => _losses.Dispose();
}
