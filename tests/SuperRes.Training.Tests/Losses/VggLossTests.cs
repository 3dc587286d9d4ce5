using SuperRes.ModelFiles;
using SuperRes.ModelFiles.Safetensors;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Training.Cpu;
using SuperRes.Training.Losses;

namespace SuperRes.Training.Tests.Losses;

public sealed class VggLossTests : IDisposable
{
    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void AddGradient_OfVgg22_IsTheDifferenceQuotient()
    {
        using var content = VggContent.Open(new VggLoss { File = WriteVgg22(), Layer = Vgg19Layer.Conv22, Weight = 3 }, new CpuDevice(1));
        var (output, target) = (Noise(1), Noise(2));
        var gradient = new FeatureBatch(2, 8, 8, 3);
        gradient.Values[7] = 5;
        var value = content.AddGradient(output, target, gradient);
        gradient.Values[7] -= 5;

        // Along the gradient, where the difference is largest and rectifiers that flip weigh least.
        var norm = Math.Sqrt(gradient.Values.Sum(slope => (double)slope * slope));
        const double Step = 2e-3;
        double Along(double sign)
        {
            var moved = new FeatureBatch(2, 8, 8, 3);
            for (var i = 0; i < moved.Values.Length; i++)
            {
                moved.Values[i] = (float)(output.Values[i] + (sign * Step * gradient.Values[i] / norm));
            }

            return content.AddGradient(moved, target, new FeatureBatch(2, 8, 8, 3));
        }

        Assert.True(value > 0);
        Assert.Equal(norm, (Along(1) - Along(-1)) / (2 * Step), 0.02 * norm);
        Assert.Equal(0, content.AddGradient(target, target, new FeatureBatch(2, 8, 8, 3)));
    }

    [Fact]
    public async Task ExecuteAsync_WithAVggLoss_RecordsItBesideTheOther()
    {
        var file = WriteVgg22().Replace('\\', '/');
        var recipe = _data.Recipe(4, $$"""losses=[{"kind":"l1"},{"kind":"vgg","file":"{{file}}","layer":"conv22","weight":0.1}]""", "batch=2", """patches=[{"size":8}]""");
        var run = await TrainingRun.ExecuteAsync(recipe, _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken);

        var record = Assert.Single(run.Metrics);
        Assert.Equal(["l1", "vgg22"], record.Losses!.Keys.Order());
        Assert.Equal(record.Loss, record.Losses.Values.Sum(), 1e-9);
        Assert.Equal(64, run.Manifest.Inputs![file].Length);
    }

    [Fact]
    public async Task ExecuteAsync_WithoutTheVggFile_SaysWhereItComesFrom()
    {
        var recipe = _data.Recipe(4, """losses=[{"kind":"vgg","file":"absent/vgg19.pth"}]""");
        var error = await Assert.ThrowsAsync<TrainingException>(() => TrainingRun.ExecuteAsync(recipe, _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("'absent/vgg19.pth' is not there", error.Message, StringComparison.Ordinal);
        Assert.Contains("vgg19-dcbb9e9d.pth", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"kind\": \"features\"", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data.Run("a")));
    }

    [Fact]
    public void Open_OfOtherWeights_NamesWhatIsMissing()
    {
        var path = Path.Combine(_data.Folder, "other.safetensors");
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, [("features.0.weight", new Tensor([1], [3]), WeightPrecision.Float32)], new Dictionary<string, string>()));

        var error = Assert.Throws<TrainingException>(() => VggContent.Open(new VggLoss { File = path }, new CpuDevice(1)));
        Assert.Contains("'features.0.weight' is [1], expected [64, 3, 3, 3]", error.Message, StringComparison.Ordinal);
    }

    private static FeatureBatch Noise(int seed)
    {
        var (random, batch) = (new Random(seed), new FeatureBatch(2, 8, 8, 3));
        for (var i = 0; i < batch.Values.Length; i++)
        {
            batch.Values[i] = random.NextSingle();
        }

        return batch;
    }

    /// <summary>Random weights in VGG-19's names and shapes, as safetensors with one tensor that VGG22 does not need.</summary>
    private string WriteVgg22()
    {
        var graph = new Vgg19Options(Vgg19Layer.Conv22).BuildGraph();
        var weights = Weights.Initialize(graph, 1);
        var path = Path.Combine(_data.Folder, "vgg19.safetensors");
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(
            stream,
            [.. weights.Names.Select(name => (name, weights[name], WeightPrecision.Float32)), ("classifier.0.bias", new Tensor([2], [1, 2]), WeightPrecision.Float32)],
            new Dictionary<string, string>()));
        return path;
    }
}
