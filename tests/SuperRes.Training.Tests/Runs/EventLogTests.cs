using System.Text;
using SuperRes.Training.Tests.Trainers;

namespace SuperRes.Training.Tests.Runs;

public sealed class EventLogTests : IDisposable
{
    private const string EventFile = "events.out.tfevents.0.superres";

    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Crc32C_OfTheCheckString_IsTheCatalogues() => Assert.Equal(0xE3069283, TensorBoardEvents.Crc32C(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public async Task ExecuteAsync_WritesWhatItRecordsAsEvents()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var run = await TrainingRun.ExecuteAsync(_data.Recipe(120), _data.Run("a"), cancellationToken: TestContext.Current.CancellationToken);

        var events = TensorBoardEvents.Read(File.ReadAllBytes(Path.Combine(run.Root, EventFile)));
        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.Equal([60L, 100L, 120L, 120L], events.Skip(1).Select(item => item.Step));
        Assert.Equal((float)run.Metrics[0].Loss, events[2].Values["train/loss"]);
        Assert.Equal((float)run.Metrics[0].LearningRate, events[2].Values["train/learning_rate"]);
        Assert.Equal((float)run.Validations[0].Psnr, events[1].Values["validation/psnr"]);
        Assert.Equal((float)run.Validations[0].RawSsim, events[1].Values["validation/ssim_raw"]);
        Assert.All(events, item => Assert.InRange(item.Time, before, before + 600));
    }

    [Fact]
    public async Task ExecuteAsync_Resumed_LeavesOneEventPerRecord()
    {
        await Assert.ThrowsAsync<KilledException>(() => TrainingRun.ExecuteAsync(
            _data.Recipe(120, "checkpoints.every=50"), _data.Run("a"), progress: new Killer(110), cancellationToken: TestContext.Current.CancellationToken));
        var path = Path.Combine(_data.Run("a"), EventFile);
        File.AppendAllText(path, "torn");

        await TrainingRun.ExecuteAsync(_data.Recipe(120, "checkpoints.every=50"), _data.Run("a"), new() { Resume = true }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([0L, 60L, 100L, 120L, 120L], TensorBoardEvents.Read(File.ReadAllBytes(path)).Select(item => item.Step));
    }
}
