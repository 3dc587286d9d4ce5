using SuperRes.Networks;
using SuperRes.Training.Data;
using SuperRes.Training.Losses;
using SuperRes.Training.Optimization;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;

namespace SuperRes.Training.Trainers;

/// <summary>
/// SRGAN's second phase (Ledig et al. 2017, arXiv:1609.04802, section 3.2): in turn one step of the discriminator, which
/// tells real patches from generated ones, and one of the generator, which is to pass for real and keep the content.
/// </summary>
internal sealed class AdversarialPhase : ITrainingPhase
{
    private readonly ITrainableNetwork _generator;
    private readonly ITrainableNetwork _discriminator;
    private readonly LossSum _losses;
    private readonly FeatureMatching? _features;
    private readonly double _adversarial;
    private readonly OptimizerSteps _generatorSteps;
    private readonly OptimizerSteps _discriminatorSteps;
    private FeatureBatch? _logitGradient;

    public AdversarialPhase(Recipe recipe, ITrainableNetwork generator, ITrainingDevice device)
    {
        var options = recipe.Adversarial!;
        _generator = generator;
        _losses = new LossSum(options.Losses, device);
        _adversarial = options.Losses.OfType<AdversarialLoss>().Sum(loss => loss.Weight);
        var matching = options.Losses.OfType<FeatureMatchingLoss>().Sum(loss => loss.Weight);
        var graph = options.Discriminator.Network(recipe.PatchSizeAt(recipe.Steps) * recipe.Network.Scale).BuildGraph();
        if (matching > 0)
        {
            graph = FeatureMatching.Observe(graph);
            _features = new FeatureMatching(matching);
        }

        _discriminator = device.Create(graph, Weights.Initialize(graph, recipe.Seed), GradientTargets.Parameters | GradientTargets.Input);
        var (first, count) = (options.Pretraining + 1, recipe.Steps - options.Pretraining);
        (_generatorSteps, _discriminatorSteps) = (new(options.Optimizer, first, count), new(options.Discriminator.Optimizer, first, count));
    }

    /// <summary>
    /// Gives the generator a fresh optimiser, on the averaged weights of the phase before: they are what that phase was
    /// measured by.
    /// </summary>
    public static void Begin(ITrainableNetwork generator)
    {
        var state = generator.Save();
        generator.Load(new NetworkState(state.Average, state.Average, Zeros(state.FirstMoment), Zeros(state.SecondMoment)));
    }

    public IReadOnlyDictionary<string, NetworkState> Save() => new Dictionary<string, NetworkState> { [Checkpoint.Discriminator] = _discriminator.Save() };

    public void Load(IReadOnlyDictionary<string, NetworkState> networks) => _discriminator.Load(networks[Checkpoint.Discriminator]);

    public StepOutcome Run(long step, TrainingBatch batch)
    {
        var outcome = Learn(step, batch);
        if (outcome.IsFinite)
        {
            _generator.Update(_generatorSteps.At(step, outcome.GradientNorm));
        }
        else
        {
            // A discriminator that has taken its step keeps it: to undo it would take a copy of it in every step.
            _generator.RestoreStatistics();
            _discriminator.RestoreStatistics();
        }

        return outcome;
    }

    public void Dispose()
    {
        _losses.Dispose();
        _discriminator.Dispose();
    }

    /// <summary>One step of the discriminator, and the gradients of the generator.</summary>
    private StepOutcome Learn(long step, TrainingBatch batch)
    {
        var parts = new LossParts();
        var outputs = _generator.Forward(batch.Input);                                           // N, sP, sP, 3 first
        if (!TrainDiscriminator(step, batch.Targets[0], outputs[0], parts))
        {
            return new StepOutcome(double.NaN, double.NaN, _generatorSteps.LearningRate(step), parts.Values);
        }

        var loss = _losses.Evaluate(outputs, batch.Targets, parts);
        loss += AddThroughDiscriminator(batch.Targets[0], outputs[0], _losses.Gradients[0], parts);
        _generator.ClearGradients();
        _generator.Backward(_losses.Gradients, GradientTargets.Parameters);
        return new StepOutcome(loss, _generator.GradientNorm(), _generatorSteps.LearningRate(step), parts.Values);
    }

    /// <summary>One step on real and on generated patches, in batches of their own as batch norm should see them; false where it is not finite.</summary>
    private bool TrainDiscriminator(long step, FeatureBatch real, FeatureBatch generated, LossParts parts)
    {
        _discriminator.ClearGradients();
        var loss = Judge(real, isReal: true) + Judge(generated, isReal: false);
        parts.Add("discriminator", loss);
        var norm = _discriminator.GradientNorm();
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
        {
            return false;
        }

        _discriminator.Update(_discriminatorSteps.At(step, norm));
        return true;
    }

    private double Judge(FeatureBatch images, bool isReal)
    {
        var outputs = _discriminator.Forward(images);
        var gradient = LogitGradient(outputs[0]);
        var loss = LogisticLoss.Evaluate(outputs[0], isReal, weight: 1, gradient);
        _discriminator.Backward([gradient, .. Enumerable.Repeat<FeatureBatch?>(null, outputs.Count - 1)], GradientTargets.Parameters);
        return loss;
    }

    /// <summary>Adds what the discriminator, as it is now, says of the generated patches.</summary>
    private double AddThroughDiscriminator(FeatureBatch real, FeatureBatch generated, FeatureBatch sum, LossParts parts)
    {
        _features?.Remember(_discriminator.Forward(real));
        var outputs = _discriminator.Forward(generated);
        var gradient = LogitGradient(outputs[0]);
        var loss = parts.Add("adversarial", LogisticLoss.Evaluate(outputs[0], real: true, _adversarial, gradient));
        if (_features is not null)
        {
            loss += parts.Add("features", _features.Evaluate(outputs));
        }

        var input = _discriminator.Backward([gradient, .. _features?.Gradients ?? []], GradientTargets.Input)!;
        for (var i = 0; i < sum.Values.Length; i++)
        {
            sum.Values[i] += input.Values[i];
        }

        return loss;
    }

    private FeatureBatch LogitGradient(FeatureBatch logits) =>
        _logitGradient = _logitGradient is not null && _logitGradient.HasShapeOf(logits) ? _logitGradient : new FeatureBatch(logits.Count, 1, 1, 1);

    private static Weights Zeros(Weights like) =>
        new(like.Names.Select(name => KeyValuePair.Create(name, new Tensor(like[name].Shape, new float[like[name].Values.Length]))));
}
