using SuperRes.Cli.Commands.Training;
using SuperRes.Evaluation.Runs;
using SuperRes.Training.Trainers;

namespace SuperRes.Cli.Tests.Commands;

public sealed class TrainingTextTests
{
    private static readonly StepMetrics Metrics = new()
    {
        Step = 300, Loss = 0.0123456, LearningRate = 4e-4, GradientNorm = 1, SamplesPerSecond = 812.4, DataWait = 0.12, MemoryMegabytes = 186,
        Losses = new Dictionary<string, double> { ["adversarial"] = 0.00123, ["discriminator"] = 1.2 },
    };

    [Fact]
    public void Now_WithEverything_HasEveryNumberOfTheMoment() =>
        Assert.Equal(
            "step 342  loss 0.01111  31.46 dB  rate 0.0004  812 patches/s  data 0.1 ms  186 MB",
            TrainingText.Now(new TrainingEvent(342, 1000) { Loss = 0.01111 }, Metrics, new ValidationMetrics(200, 31.456, 0.9, 31, 0.9)));

    [Fact]
    public void Now_BeforeTheFirstRecord_HasWhatThereIs() =>
        Assert.Equal("step 1  loss 0.50000", TrainingText.Now(new TrainingEvent(1, 1000) { Loss = 0.5 }, null, null));

    [Fact]
    public void Record_WithSeveralLosses_HasEach() =>
        Assert.Equal(
            "step 300/1000  loss 0.01235 (adversarial 0.00123, discriminator 1.2)  rate 0.0004  812 patches/s  data 0.1 ms  186 MB  left 26:00:09",
            TrainingText.Record(Metrics, 1000, new TimeSpan(26, 0, 9)));
}
