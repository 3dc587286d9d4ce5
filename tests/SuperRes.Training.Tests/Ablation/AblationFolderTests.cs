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

        var taken = folder.Plan("cpu", Claims(), known =>
        {
            Assert.Null(known);
            Open().Plan("cpu", Claims(), _ => first, TestContext.Current.CancellationToken);
            return second;
        }, TestContext.Current.CancellationToken);

        Assert.Equal(first.Arms, taken.Arms);
        Assert.Equal(first.Arms, Open().Plan("cpu", Claims(), _ => second, TestContext.Current.CancellationToken).Arms);
    }

    [Fact]
    public void Plan_AnotherPlansForAnotherDeviceMeanwhile_IsRefused()
    {
        var error = Assert.Throws<TrainingException>(() => Open().Plan("cpu", Claims(), _ =>
        {
            Open().Plan("other", Claims(), _ => Plan(milliseconds: 1) with { Device = "other" }, TestContext.Current.CancellationToken);
            return Plan(milliseconds: 2);
        }, TestContext.Current.CancellationToken));

        Assert.Contains("was planned for other, and this is cpu", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_AnotherAddsToItAndTheUserStops_EndsTheWaiting()
    {
        using var stop = new CancellationTokenSource();
        Open().Plan("cpu", Claims(), _ => Plan(milliseconds: 1) with { Arms = [] }, TestContext.Current.CancellationToken);
        using var held = Claims().Take("plan", TestContext.Current.CancellationToken);

        Assert.Throws<OperationCanceledException>(() => Open().Plan("cpu", Claims(), _ =>
        {
            stop.Cancel();
            return Plan(milliseconds: 2);
        }, stop.Token));
    }

    /// <summary>Each adds a variant of its own to a plan that has none; both must be in it in the end.</summary>
    [Fact]
    public async Task Plan_TwoAddToItAtOnce_BothAreInIt()
    {
        const string One = """variants=[{"name":"none"},{"name":"one","attention":{}}]""", Other = """variants=[{"name":"none"},{"name":"other","attention":{}}]""", All = """variants=[{"name":"none"},{"name":"one","attention":{}},{"name":"other","attention":{}}]""";
        _ = Plan("""variants=[{"name":"none"}]""", _ => { });
        using var both = new Barrier(2);

        await Task.WhenAll(new[] { One, Other }.Select(variants => Task.Factory.StartNew(
            () => Plan(variants, _ => Assert.True(both.SignalAndWait(TimeSpan.FromMinutes(1)))), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(["none", "one", "other"], Plan(All, _ => Assert.Fail("All is planned.")).Arms.Select(arm => arm.Variant));

        ExperimentPlan Plan(string variants, Action<ExperimentPlan?> before)
        {
            var experiment = TinyExperiment.Create(_data, variants);
            return AblationFolder.Open(_data.Run("a"), experiment).Plan("cpu", Claims(), known =>
            {
                before(known);
                return new Planner(experiment, threads: 1, stepThreads: 1, known: known).Plan(_ => { }, TestContext.Current.CancellationToken);
            }, TestContext.Current.CancellationToken);
        }
    }

    private AblationFolder Open() => AblationFolder.Open(_data.Run("a"), TinyExperiment.Create(_data));

    private CellClaims Claims() => new(Path.Combine(_data.Run("a"), "claims"), new ClaimOptions(), TimeProvider.System);

    private ExperimentPlan Plan(double milliseconds)
    {
        var plan = new Planner(TinyExperiment.Create(_data), threads: 1, stepThreads: 1).Plan(_ => { }, TestContext.Current.CancellationToken);
        return plan with { Arms = [.. plan.Arms.Select(arm => arm with { StepMilliseconds = milliseconds })] };
    }
}
