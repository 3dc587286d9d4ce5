using SuperRes.ModelFiles;
using SuperRes.Training.Runs;
using SuperRes.Training.Tests.Trainers;
using SuperRes.Training.Trainers;

namespace SuperRes.Training.Tests;

public sealed class InitialWeightsTests : IDisposable
{
    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task ExecuteAsync_FromTheX2Model_TakesAllButTheTailAndSaysSo()
    {
        var x2 = await RunAsync("x2", network: Edsr(2));
        var starts = new Starts();
        await Assert.ThrowsAsync<KilledException>(() => RunAsync("x4", starts, Edsr(4), Initial(x2)));

        // The x4 tail has a second step of its own; the rest is the same network.
        Assert.Contains("14 parameters, 12 start from '", starts.Report, StringComparison.Ordinal);
        Assert.Contains("2 are not in it and are drawn (upsample.1.conv.bias, upsample.1.conv.weight)", starts.Report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_FromATrainedModel_StartsWhereItEnded()
    {
        var first = await RunAsync("first");
        var fresh = await RunAsync("fresh", overrides: ["seed=2"]);
        var tuned = await RunAsync("tuned", overrides: ["seed=2", Initial(first)]);

        Assert.True(tuned.Metrics[0].Loss < 0.5 * fresh.Metrics[0].Loss, $"{tuned.Metrics[0].Loss} from the model, {fresh.Metrics[0].Loss} from new weights");
        Assert.Equal((null, "final.safetensors"), (ModelFile.Describe(fresh.FinalModelPath).Info.Training!.Initial, ModelFile.Describe(tuned.FinalModelPath).Info.Training!.Initial));
    }

    [Fact]
    public async Task ExecuteAsync_FromAModel_ResumesOnTheSameBits()
    {
        var first = await RunAsync("first");
        var whole = await RunAsync("whole", overrides: [Initial(first)]);
        await Assert.ThrowsAsync<KilledException>(() => RunAsync("killed", new Killer(3), overrides: [Initial(first)]));
        await Assert.ThrowsAsync<KilledException>(() => RunAsync("killed", new Killer(33), overrides: [Initial(first)]));
        var killed = await RunAsync("killed", overrides: [Initial(first)]);

        Assert.Equal(File.ReadAllBytes(whole.FinalModelPath), File.ReadAllBytes(killed.FinalModelPath));
    }

    [Fact]
    public async Task ExecuteAsync_ResumedWithOtherInitialWeights_Refuses()
    {
        var first = await RunAsync("first");
        await Assert.ThrowsAsync<KilledException>(() => RunAsync("a", new Killer(3), overrides: [Initial(first)]));
        File.Copy((await RunAsync("other", overrides: ["seed=5"])).FinalModelPath, first.FinalModelPath, overwrite: true);

        var error = await Assert.ThrowsAsync<TrainingException>(() => RunAsync("a", overrides: [Initial(first)]));
        Assert.Contains("final.safetensors' is not the file that", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExecuteAsync_FromAnotherArchitecture_Refuses()
    {
        var edsr = await RunAsync("x2", network: Edsr(2));
        var error = await Assert.ThrowsAsync<TrainingException>(() => RunAsync("a", overrides: [Initial(edsr)]));
        Assert.Contains("Nothing in '", error.Message, StringComparison.Ordinal);
        Assert.False(RunFolder.IsRun(_data.Run("a")));
    }

    private static string Edsr(int scale) => $$"""network={"architecture":"edsr","scale":{{scale}},"blocks":1,"features":16}""";

    private static string Initial(RunFolder run) => $"initial={run.FinalModelPath.Replace('\\', '/')}";

    private Task<RunFolder> RunAsync(string name, IProgress<TrainingEvent>? progress = null, string network = """network.architecture=espcn""", params string[] overrides) =>
        TrainingRun.ExecuteAsync(
            _data.Recipe(60, [network, "validation.path=null", "patches=[{\"size\":8}]", .. overrides]), _data.Run(name), new() { Threads = 1, Resume = true }, progress, TestContext.Current.CancellationToken);

    private Task<RunFolder> RunAsync(string name, Starts progress, string network, string initial) => RunAsync(name, (IProgress<TrainingEvent>)progress, network, initial);

    private sealed class Starts : IProgress<TrainingEvent>
    {
        public string Report { get; private set; } = "";

        void IProgress<TrainingEvent>.Report(TrainingEvent value)
        {
            Report = value.Start?.Initial ?? Report;
            if (value.Start is null)
            {
                throw new KilledException();
            }
        }
    }
}
