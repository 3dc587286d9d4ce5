using System.Diagnostics;
using SuperRes.Networks;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Data;
using SuperRes.Training.Recipes;
using SuperRes.Training.Trainers;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>Times a network's training steps, losses and discriminator with them, on random numbers, which take as long as images.</summary>
internal sealed class StepTimer : IDisposable
{
    /// <summary>The first steps are slow: their code is compiled again while they run. It is over after so many of them, or after a second of them.</summary>
    private const int WarmSteps = 30;

    private static readonly TimeSpan WarmTime = TimeSpan.FromSeconds(1);

    private readonly Recipe _recipe;
    private readonly ITrainableNetwork _network;
    private readonly List<ITrainingPhase> _phases = [];
    private readonly List<Part> _parts = [];

    public StepTimer(Experiment experiment, NetworkOptions options, ITrainingDevice device)
    {
        _recipe = CellRecipes.Prototype(experiment, options);
        var graph = options.BuildGraph();
        _network = device.Create(graph, Weights.Initialize(graph, 1));
        var pretraining = _recipe.Adversarial?.Pretraining ?? _recipe.Steps;
        var share = (double)pretraining / _recipe.Steps;
        if (share > 0)
        {
            Add(new PixelPhase(_recipe, _network, device), 1, _recipe.Patches.Select(stage => (share * stage.Share, stage.Size)));
        }

        if (share < 1)
        {
            Add(new AdversarialPhase(_recipe, _network, device), pretraining + 1, [(1 - share, _recipe.PatchSizeAt(_recipe.Steps))]);
        }

        var steps = 0;
        for (var start = Stopwatch.GetTimestamp(); steps < 2 || (steps < WarmSteps && Stopwatch.GetElapsedTime(start) < WarmTime); steps++)
        {
            Once();
        }
    }

    /// <summary>Milliseconds of a step, averaged over the experiment's phases and patch sizes. Median of a few.</summary>
    public double Median() => Turns.Median(Once, 7);

    /// <summary>This network's time over another's.</summary>
    public double RatioTo(StepTimer other) => Turns.Ratio(Once, other.Once, 15);

    public void Dispose()
    {
        _phases.ForEach(phase => phase.Dispose());
        _network.Dispose();
    }

    private void Add(ITrainingPhase phase, long firstStep, IEnumerable<(double Share, int Patch)> sizes)
    {
        _phases.Add(phase);
        _parts.AddRange(sizes.Select(size => new Part(size.Share, phase, firstStep, Noise(size.Patch))));
    }

    private double Once() => _parts.Sum(part => part.Share * Step(part));

    private double Step(Part part)
    {
        var start = Stopwatch.GetTimestamp();
        part.Phase.Run(Math.Min(part.NextStep++, _recipe.Steps), part.Batch);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private TrainingBatch Noise(int patch) => new(
        Noise(patch, seed: 1), [.. TargetScales.Of(_network.Graph).Select((scale, i) => Noise(patch * scale, seed: 2 + i))], new string[_recipe.Batch]);

    private FeatureBatch Noise(int size, int seed)
    {
        var batch = new FeatureBatch(_recipe.Batch, size, size, 3);
        var random = new Random(seed);
        foreach (ref var value in batch.Values.AsSpan())
        {
            value = random.NextSingle();
        }

        return batch;
    }

    /// <summary>What a share of the steps does.</summary>
    private sealed class Part(double share, ITrainingPhase phase, long firstStep, TrainingBatch batch)
    {
        public double Share { get; } = share;

        public ITrainingPhase Phase { get; } = phase;

        public TrainingBatch Batch { get; } = batch;

        public long NextStep { get; set; } = firstStep;
    }
}
