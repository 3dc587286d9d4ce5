using SuperRes.Networks;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Optimization;

namespace SuperRes.Training.Tests.Ablation;

/// <summary>On a clock that only the networks move: a step on patches of 24 takes a millisecond, others by their area, and another size than before 100 on top.</summary>
public sealed class StepTimerTests : IDisposable
{
    private const string TwoSizes = "training.patches=[{\"size\":24,\"share\":0.5},{\"size\":25,\"share\":0.5}]";

    private readonly TinyData _data = new();
    private readonly Clock _clock = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("training.patches=[{\"size\":24}]", 1)]
    [InlineData("training.patches=[{\"size\":24,\"share\":0.5},{\"size\":24,\"share\":0.5}]", 1)]
    [InlineData(TwoSizes, 0.5 + (0.5 * 625 / 576))]
    [InlineData("training.patches=[{\"size\":12,\"share\":0.9},{\"size\":24,\"share\":0.1}]", (0.9 / 4) + 0.1)]
    public void Median_APatchSchedule_IsTheStagesByTheirShare(string patches, double expected)
    {
        using var timer = Timer(Create(patches), 1);

        Assert.Equal(expected, timer.Median(), 1e-3);
    }

    [Fact]
    public void RatioTo_APatchSchedule_IsTheNetworks()
    {
        var experiment = Create(TwoSizes);
        using StepTimer one = Timer(experiment, 3), other = Timer(experiment, 2);

        Assert.Equal(1.5, one.RatioTo(other), 1e-3);
    }

    [Fact]
    public void Median_AgainstADiscriminator_GivesEachPhaseItsOwnPartOfTheSchedule()
    {
        // 60 steps on patches of 12, and 40 on patches of 24 of which the discriminator sees the last 20: it costs nothing here.
        var experiment = Create(
            "training.patches=[{\"size\":12,\"share\":0.6},{\"size\":24,\"share\":0.4}]",
            "training.adversarial={\"pretraining\":80,\"losses\":[{\"kind\":\"l1\"},{\"kind\":\"adversarial\"}]}");
        using var timer = Timer(experiment, 1);

        Assert.Equal((0.6 / 4) + 0.2 + 0.2, timer.Median(), 1e-3);
    }

    private Experiment Create(params string[] changes) => TinyExperiment.Create(_data, ["budget.steps=100", .. changes]);

    private StepTimer Timer(Experiment experiment, double milliseconds) => new(experiment, experiment.Networks[0], new Device(_clock, milliseconds), _clock);

    private sealed class Clock : TimeProvider
    {
        private TimeSpan _elapsed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _elapsed.Ticks;

        public void Advance(double milliseconds) => _elapsed += TimeSpan.FromMilliseconds(milliseconds);
    }

    private sealed class Device(Clock clock, double milliseconds) : ITrainingDevice
    {
        public string Name => "clock";

        // What is asked for its input's gradient is the discriminator.
        public ITrainableNetwork Create(Graph graph, Weights weights, GradientTargets targets = GradientTargets.Parameters) =>
            targets.HasFlag(GradientTargets.Input) ? new Network(graph, _ => 1, 1, _ => { }) : new Network(graph, side => side * 2, 3, Take);

        private void Take((int Side, bool IsNew) step) => clock.Advance((milliseconds * step.Side * step.Side / (24 * 24)) + (step.IsNew ? 100 : 0));
    }

    private sealed class Network(Graph graph, Func<int, int> outputSide, int channels, Action<(int Side, bool IsNew)> take) : ITrainableNetwork
    {
        private FeatureBatch? _input;

        public Graph Graph => graph;

        public IReadOnlyList<FeatureBatch> Forward(FeatureBatch input)
        {
            take((input.Height, _input?.Height != input.Height));
            _input = input;
            return [new FeatureBatch(input.Count, outputSide(input.Height), outputSide(input.Width), channels)];
        }

        public FeatureBatch? Backward(IReadOnlyList<FeatureBatch?> outputGradients, GradientTargets targets) =>
            targets.HasFlag(GradientTargets.Input) ? new FeatureBatch(_input!.Count, _input.Height, _input.Width, _input.Channels) : null;

        public double GradientNorm() => 1;

        public NetworkState Save() => throw new NotSupportedException();

        public void ClearGradients()
        {
        }

        public void Update(OptimizerStep step)
        {
        }

        public void RestoreStatistics()
        {
        }

        public void Load(NetworkState state)
        {
        }

        public void Dispose()
        {
        }
    }
}
