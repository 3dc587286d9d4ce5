using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Ablation.Running;

namespace SuperRes.Training.Tests.Ablation;

public sealed class AblationFolderTests : IDisposable
{
    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Plan_AnotherPlansMeanwhile_TheFirstCounts()
    {
        var folder = Open();
        ExperimentPlan first = Plan(milliseconds: 1), second = Plan(milliseconds: 2);

        var taken = folder.Plan("cpu", known =>
        {
            Assert.Null(known);
            Open().Plan("cpu", _ => first);
            return second;
        });

        Assert.Equal(first.Arms, taken.Arms);
        Assert.Equal(first.Arms, Open().Plan("cpu", _ => second).Arms);
    }

    [Fact]
    public void Plan_AnotherPlansForAnotherDeviceMeanwhile_IsRefused()
    {
        var error = Assert.Throws<TrainingException>(() => Open().Plan("cpu", _ =>
        {
            Open().Plan("other", _ => Plan(milliseconds: 1) with { Device = "other" });
            return Plan(milliseconds: 2);
        }));

        Assert.Contains("was planned for other, and this is cpu", error.Message, StringComparison.Ordinal);
    }

    private AblationFolder Open() => AblationFolder.Open(_data.Run("a"), TinyExperiment.Create(_data));

    private ExperimentPlan Plan(double milliseconds)
    {
        var plan = new Planner(TinyExperiment.Create(_data), threads: 1, stepThreads: 1).Plan(_ => { }, TestContext.Current.CancellationToken);
        return plan with { Arms = [.. plan.Arms.Select(arm => arm with { StepMilliseconds = milliseconds })] };
    }
}
