using SuperRes.Evaluation.Statistics;
using SuperRes.Networks;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Data;
using SuperRes.Training.Recipes;
using SuperRes.Training.Trainers;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>Times a network's training steps, losses and discriminator with them, on random numbers, which take as long as images.</summary>
internal sealed class StepTimer : IDisposable
{
    /// <summary>The first steps are slow: their code is compiled again while they run. It is over after so many of them, or after a second.</summary>
    private const int WarmSteps = 30;

    private static readonly TimeSpan WarmTime = TimeSpan.FromSeconds(1);

    private readonly Recipe _recipe;
    private readonly TimeProvider _time;
    private readonly ITrainableNetwork _network;
    private readonly List<ITrainingPhase> _phases = [];
    private readonly List<Part> _parts = [];

    /// <param name="experiment">Whose steps are timed.</param>
    /// <param name="options">The network.</param>
    /// <param name="device">Where it is trained.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public StepTimer(Experiment experiment, NetworkOptions options, ITrainingDevice device, TimeProvider? time = null)
    {
        (_recipe, _time) = (CellRecipes.Prototype(experiment, options), time ?? TimeProvider.System);
        var graph = options.BuildGraph();
        _network = device.Create(graph, Weights.Initialize(graph, 1));
        var pretraining = _recipe.LastPixelStep;
        if (pretraining > 0)
        {
            Add(new PixelPhase(_recipe, _network, device), 1, pretraining);
        }

        if (pretraining < _recipe.Steps)
        {
            Add(new AdversarialPhase(_recipe, _network, device), pretraining + 1, _recipe.Steps);
        }

        _parts.ForEach(WarmUp);
    }

    /// <summary>Milliseconds of a step, averaged over the experiment's phases and patch sizes. Medians of a few.</summary>
    public double Median() => _parts.Sum(part =>
    {
        Step(part);
        return part.Share * Turns.Median(() => Step(part), 7);
    });

    /// <summary>This network's time over another's, of the same experiment: the ratio in each part, by the time that the part takes.</summary>
    public double RatioTo(StepTimer other)
    {
        var (mine, theirs) = (0.0, 0.0);
        foreach (var (part, otherPart) in _parts.Zip(other._parts))
        {
            Step(part);
            other.Step(otherPart);
            var times = new List<double>();
            var ratio = Turns.Ratio(() => Step(part), () => Noted(other.Step(otherPart), times), 15);
            var time = part.Share * Sample.Median([.. times]);
            (mine, theirs) = (mine + (ratio * time), theirs + time);
        }

        return mine / theirs;
    }

    public void Dispose()
    {
        _phases.ForEach(phase => phase.Dispose());
        _network.Dispose();
    }

    /// <summary>A phase, in parts of one patch size each: a network is compiled anew for another size, which a run does once a stage and no step shall be charged for.</summary>
    private void Add(ITrainingPhase phase, long first, long last)
    {
        _phases.Add(phase);
        var steps = new OrderedDictionary<int, long>();
        for (var step = first; step <= last; step++)
        {
            var size = _recipe.PatchSizeAt(step);
            steps[size] = steps.GetValueOrDefault(size) + 1;
        }

        _parts.AddRange(steps.Select(size => new Part((double)size.Value / _recipe.Steps, phase, first, Noise(size.Key))));
    }

    private void WarmUp(Part part)
    {
        var steps = 0;
        for (var start = _time.GetTimestamp(); steps < 2 || (steps < WarmSteps && _time.GetElapsedTime(start) < WarmTime / _parts.Count); steps++)
        {
            Step(part);
        }
    }

    private double Step(Part part)
    {
        var start = _time.GetTimestamp();
        part.Phase.Run(Math.Min(part.NextStep++, _recipe.Steps), part.Batch);
        return _time.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Noted(double time, List<double> times)
    {
        times.Add(time);
        return time;
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
