using SuperRes.ModelFiles;

namespace SuperRes.Evaluation.Runs;

/// <summary>
/// What a training run left in its folder, to look at: <c>recipe.json</c> as resolved, <c>metrics.jsonl</c>,
/// <c>validation.jsonl</c>. Reading disturbs no training that goes on.
/// </summary>
public sealed class RunRecords
{
    internal const string RecipeFile = "recipe.json";
    internal const string MetricsFile = "metrics.jsonl";
    internal const string ValidationFile = "validation.jsonl";
    internal const string LockFile = ".lock";
    internal const string CheckpointFolder = "checkpoints";
    internal const string FinalModelFile = "final" + ModelFile.Extension;

    private RunRecords(string folder) => Folder = folder;

    /// <summary>The run's folder.</summary>
    public string Folder { get; }

    /// <summary>The recipe as resolved, JSON.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public string RecipeJson => File.ReadAllText(Path.Combine(Folder, RecipeFile));

    /// <summary>What was recorded of the steps; a line that is just being written is left out.</summary>
    public IReadOnlyList<StepMetrics> Metrics =>
        new MetricsLog<StepMetrics>(Path.Combine(Folder, MetricsFile), RunJson.Default.StepMetrics, metrics => metrics.Step).Read();

    /// <summary>What was measured on the validation images.</summary>
    public IReadOnlyList<ValidationMetrics> Validations =>
        new MetricsLog<ValidationMetrics>(Path.Combine(Folder, ValidationFile), RunJson.Default.ValidationMetrics, metrics => metrics.Step).Read();

    /// <summary>Bytes of both records: while it stays the same, there is nothing new to read.</summary>
    public long Size => SizeOf(MetricsFile) + SizeOf(ValidationFile);

    /// <summary>Where the run stands.</summary>
    public RunState State =>
        IsHeld(Folder) ? RunState.Running : File.Exists(Path.Combine(Folder, FinalModelFile)) ? RunState.Finished : RunState.Stopped;

    /// <summary>The records of a folder; null where it holds no run.</summary>
    public static RunRecords? TryOpen(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return File.Exists(Path.Combine(folder, RecipeFile)) ? new RunRecords(folder) : null;
    }

    private long SizeOf(string name) => new FileInfo(Path.Combine(Folder, name)) is { Exists: true } file ? file.Length : 0;

    /// <summary>Whether a process trains the run: it holds the lock. Leaves no file behind where there was none.</summary>
    internal static bool IsHeld(string folder)
    {
        try
        {
            using var probe = new FileStream(Path.Combine(folder, LockFile), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
