using SuperRes.Imaging;
using SuperRes.ModelFiles;
using SuperRes.Pixels;
using SuperRes.Training;
using SuperRes.Training.Cpu;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;
using SuperRes.Training.Trainers;

namespace SuperRes.Torch.Tests;

/// <summary>Whole runs, from images to models, on changing devices.</summary>
public sealed class TrainingRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("superres-").FullName;

    public TrainingRunTests()
    {
        for (var i = 0; i < 2; i++)
        {
            ImageFile.Write(Path.Combine(_folder, $"{i}.png"), Waves(96, 80, i));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A run that changes its device twice ends where one that does not ends, up to what rounding grows to.</summary>
    [Fact]
    public async Task ExecuteAsync_OnAnotherDeviceThanItBegan_GoesOn()
    {
        LibTorchRequired.OrSkip();
        var torch = new TorchTrainingDevice(TorchDevice.Cpu, new TorchOptions(Threads: 2));
        var whole = await TrainingRun.ExecuteAsync(Recipe(), Path.Combine(_folder, "whole"), new TrainingRunOptions { Threads = 2 });

        await StopAsync(new CpuDevice(2), after: 20, resume: false);
        await StopAsync(torch, after: 40, resume: true);
        var parts = await TrainingRun.ExecuteAsync(Recipe(), Path.Combine(_folder, "parts"), new TrainingRunOptions { Threads = 2, Resume = true });

        var (expected, actual) = (ModelFile.Load(whole.FinalModelPath).Weights, ModelFile.Load(parts.FinalModelPath).Weights);
        var pairs = expected.Names.SelectMany(name => expected[name].Values.Zip(actual[name].Values)).ToArray();
        var distance = Math.Sqrt(pairs.Sum(pair => Math.Pow(pair.First - pair.Second, 2)) / pairs.Sum(pair => Math.Pow(pair.First, 2)));
        Assert.True(distance is > 0 and < 0.01, $"the models are {distance} apart");
    }

    private Recipe Recipe() => RecipeFile.Parse($$"""
        { "name": "run", "network": { "architecture": "espcn", "scale": 2 }, "data": { "train": [ { "path": "{{_folder.Replace('\\', '/')}}" } ] },
          "steps": 60, "batch": 4, "patches": [ { "size": 12, "share": 1 } ], "checkpoints": { "every": 1000 },
          "optimizer": { "learningRate": { "kind": "cosine", "initial": 1e-3 }, "averageDecay": 0.9 } }
        """);

    private static ImageBuffer Waves(int width, int height, int seed)
    {
        var image = new ImageBuffer(width, height, ColorModel.Rgb, SampleType.UInt8);
        var samples = image.Samples<byte>();
        for (var i = 0; i < samples.Length; i++)
        {
            var (pixel, c) = Math.DivRem(i, 3);
            var (y, x) = Math.DivRem(pixel, width);
            samples[i] = (byte)(128 + (60 * Math.Sin((x * 0.1) + seed + c)) + (60 * Math.Cos((y * 0.13) - seed)));
        }

        return image;
    }

    private async Task StopAsync(ITrainingDevice device, long after, bool resume)
    {
        using var stop = new CancellationTokenSource();
        var options = new TrainingRunOptions { Threads = 2, Device = device, Resume = resume };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TrainingRun.ExecuteAsync(Recipe(), Path.Combine(_folder, "parts"), options, new Stopper(after, stop), stop.Token));
        Assert.Equal(after, RunFolder.Open(Path.Combine(_folder, "parts")).NewestCheckpoint);
    }

    private sealed class Stopper(long step, CancellationTokenSource source) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
            if (value.Step == step)
            {
                source.Cancel();
            }
        }
    }
}
