using SuperRes.Evaluation.Runs;

namespace SuperRes.Tests.Evaluation.Runs;

public sealed class RunRecordsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("superres-runs-").FullName;

    [Fact]
    public void TryOpen_FolderWithoutRecipe_IsNull() => Assert.Null(RunRecords.TryOpen(_folder));

    [Fact]
    public void Records_OfAFolderWrittenByHand_AreItsLines()
    {
        Write("recipe.json", """{"name":"by-hand"}""");
        Write("metrics.jsonl", """
            {"step":10,"loss":0.5,"learningRate":0.001,"gradientNorm":2,"samplesPerSecond":100,"dataWait":0.25,"memoryMegabytes":180}
            {"step":20,"loss":0.25,"learningRate":0.0005,"gradientNorm":"NaN","samplesPerSecond":90,"dataWait":0,"memoryMegabytes":181}
            {"step":30,"lo
            """);
        Write("validation.jsonl", """{"step":20,"psnr":31.5,"ssim":0.9,"rawPsnr":31.25,"rawSsim":0.875}""");

        var run = RunRecords.TryOpen(_folder)!;

        Assert.Equal("""{"name":"by-hand"}""", run.RecipeJson);
        Assert.Equal([10, 20], run.Metrics.Select(metrics => metrics.Step));
        Assert.Equal((0.25, 0.0005, double.NaN), (run.Metrics[1].Loss, run.Metrics[1].LearningRate, run.Metrics[1].GradientNorm));
        Assert.Equal([new ValidationMetrics(20, 31.5, 0.9, 31.25, 0.875)], run.Validations);
    }

    [Fact]
    public void State_FollowsTheLockAndTheFinalModel()
    {
        Write("recipe.json", "{}");
        var run = RunRecords.TryOpen(_folder)!;
        Assert.Equal(RunState.Stopped, run.State);

        using (new FileStream(Path.Combine(_folder, ".lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(RunState.Running, run.State);
        }

        Write("final.safetensors", "");
        Assert.Equal(RunState.Finished, run.State);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
