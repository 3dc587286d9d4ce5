using SuperRes.Evaluation.Runs;
using SuperRes.Training.Ablation.Running;

namespace SuperRes.Training.Tests.Ablation;

public sealed class CellRunnerTests
{
    [Fact]
    public void TrainingSeconds_ARecordWithoutSpeed_IsPassedOver()
    {
        // 10 steps of 4 patches at 20 a second, then 5 of which nothing is known, then 5 at 10 a second.
        StepMetrics[] metrics = [Record(10, 20), Record(15, 0), Record(20, 10)];

        Assert.Equal(4, CellRunner.TrainingSeconds(metrics, batch: 4));
    }

    private static StepMetrics Record(long step, double speed) =>
        new() { Step = step, Loss = 1, LearningRate = 1, GradientNorm = 1, SamplesPerSecond = speed, DataWait = 0, MemoryMegabytes = 1 };
}
