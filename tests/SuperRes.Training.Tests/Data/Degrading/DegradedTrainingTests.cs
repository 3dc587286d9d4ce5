using SuperRes.Imaging;
using SuperRes.ModelFiles;
using SuperRes.Pixels;
using SuperRes.Training.Cpu;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;
using SuperRes.Training.Tests.Trainers;

namespace SuperRes.Training.Tests.Data.Degrading;

public sealed class DegradedTrainingTests : IDisposable
{
    private const string Noisy = """data.degradation={"stages":[{"blur":0,"enlarge":0,"reduce":0,"noise":[60,60],"shot":0,"jpeg":[]}]}""";

    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task ExecuteAsync_OnNoisyPatches_TeachesANetworkToDenoise()
    {
        // Blocks with sharp edges: on smooth images any network learns to smooth.
        var blocks = Path.Combine(_data.Folder, "blocks");
        Directory.CreateDirectory(blocks);
        ImageFile.Write(Path.Combine(blocks, "a.png"), Blocks());
        var source = $$"""data.train=[{"path":"{{blocks.Replace('\\', '/')}}"}]""";
        var (clean, noisy) = (await RunAsync("clean", 300, source), await RunAsync("noisy", 300, source, change: Noisy));

        // Unseen noise on a flat field: what is left of it is the model's error.
        var random = new Random(9);
        var input = new FeatureBatch(1, 24, 24, 3);
        for (var i = 0; i < input.Values.Length; i++)
        {
            input.Values[i] = 0.5f + (0.3f * (random.NextSingle() - 0.5f));
        }

        var (without, with) = (Deviation(clean, input), Deviation(noisy, input));
        Assert.True(with < 0.8 * without, $"noise of {with} is left by the network that was trained on noise, and {without} by the other");
    }

    [Fact]
    public async Task ExecuteAsync_OnDegradedPatches_ResumesOnTheSameBits()
    {
        const string Full = """data.degradation={"stages":[{},{"blur":0.8}],"finalSinc":0.8}""";
        var whole = await RunAsync("whole", 24, change: Full);
        foreach (var step in new[] { 3, 11, 18 })
        {
            await Assert.ThrowsAsync<KilledException>(() => RunAsync("killed", 24, change: Full, killer: new Killer(step)));
        }

        Assert.Equal(File.ReadAllBytes(whole.FinalModelPath), File.ReadAllBytes((await RunAsync("killed", 24, change: Full)).FinalModelPath));
    }

    [Theory]
    [InlineData("data.degradation.stages=[]", "'data.degradation.stages' has 0, expected 1 to 4")]
    [InlineData("data.degradation.stages=[{\"noise\":[3,1]}]", "'data.degradation.stages[0].noise' is [3, 1], expected two numbers")]
    [InlineData("data.degradation.stages=[{\"enlarge\":0.5}]", "add up to 1.2, expected at most 1")]
    [InlineData("data.degradation.stages=[{\"jpeg\":[0,50]}]", "'data.degradation.stages[0].jpeg' is [0, 50]")]
    [InlineData("data.degradation.finalSinc=2", "'data.degradation.finalSinc' is 2, expected 0 to 1")]
    public void Parse_OfFaultyDegradations_SaysWhat(string change, string fault) =>
        Assert.Contains(fault, Assert.Throws<RecipeException>(() => _data.Recipe(1, change)).Message, StringComparison.Ordinal);

    private static ImageBuffer Blocks()
    {
        var (image, random) = (new ImageBuffer(96, 96, ColorModel.Rgb, SampleType.UInt8), new Random(3));
        var levels = Enumerable.Range(0, 24 * 24).Select(_ => (byte)random.Next(256)).ToArray();
        for (var i = 0; i < image.Samples<byte>().Length; i++)
        {
            var (y, x) = Math.DivRem(i / 3, 96);
            image.Samples<byte>()[i] = levels[(y / 4 * 24) + (x / 4)];
        }

        return image;
    }

    private static double Deviation(RunFolder run, FeatureBatch input)
    {
        var model = ModelFile.Load(run.FinalModelPath);
        using var network = new CpuNetwork(model.Graph, model.Weights, threads: 1);
        var output = network.Forward(input)[0];
        var mean = output.Values.Average();
        return Math.Sqrt(output.Values.Average(value => (value - mean) * (value - mean)));
    }

    private Task<RunFolder> RunAsync(string name, long steps, string source = "data.workers=2", string change = "data.degradation=null", Killer? killer = null) => TrainingRun.ExecuteAsync(
        _data.Recipe(steps, source, change, "validation.path=null", "patches=[{\"size\":12}]"), _data.Run(name), new() { Threads = 1, Resume = true }, killer, TestContext.Current.CancellationToken);
}
