using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SuperRes.Evaluation.Studies;
using SuperRes.ModelFiles;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Planning;

namespace SuperRes.Training.Ablation.Running;

/// <summary>
/// An experiment on disk: <c>experiment.json</c> as resolved, <c>plan.json</c>, <c>cells/NAME/</c> (a run folder each, with
/// <c>result.json</c> and <c>time.json</c>, or <c>failure.txt</c>), <c>claims/</c>, <c>baselines.json</c>, <c>pictures.json</c>
/// and the report.
/// </summary>
public sealed class AblationFolder
{
    private readonly ConcurrentDictionary<string, bool> _done = [];

    private AblationFolder(string root, Experiment experiment) => (Root, Experiment) = (root, experiment);

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>The experiment as resolved.</summary>
    public Experiment Experiment { get; }

    /// <summary>The test sets' images.</summary>
    internal TestSets TestSets => field ??= TestSets.Open(Experiment);

    internal string ClaimsPath => Path.Combine(Root, "claims");

    private string PlanPath => Path.Combine(Root, "plan.json");

    /// <summary>Starts an experiment in a folder, or goes on with the same one there.</summary>
    /// <exception cref="TrainingException">The folder holds another experiment; the message says what differs. Or it holds runs of one that is not known.</exception>
    public static AblationFolder Open(string path, Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        Directory.CreateDirectory(path);
        var file = Path.Combine(path, "experiment.json");
        var json = ExperimentFile.ToJson(experiment);
        var folder = new AblationFolder(path, experiment);
        if (File.Exists(folder.PlanPath) && !File.Exists(file))
        {
            throw new TrainingException($"'{path}' has a plan and no experiment.json, so what its runs were trained for is not known. Put the file back, or name another folder with --run.");
        }

        if (!CreateNew(file, json))
        {
            var differences = ExperimentDifference.Between(ExperimentFile.Read(file), experiment);
            if (differences.Length > 0)
            {
                throw new TrainingException(
                    $"'{path}' holds another experiment: {string.Join(", ", differences.Select(key => $"'{key}'"))} differ{(differences.Length == 1 ? "s" : "")}. Take that back, or name another folder with --run.");
            }

            _ = folder.KnownPlan();
            Write(file, json);
        }

        return folder;
    }

    /// <summary>The plan that is there, with what it lacks made; where two processes plan at once, the first one's counts for both.</summary>
    /// <param name="device">What this process trains on.</param>
    /// <param name="claims">Keep two processes from adding to the plan at once.</param>
    /// <param name="make">Makes the whole plan, given the one that is there; null where there is none.</param>
    /// <param name="cancellationToken">Stops waiting for who adds to it.</param>
    /// <exception cref="TrainingException">The plan that is there is of other variants, or lacks something and is another device's.</exception>
    internal ExperimentPlan Plan(string device, CellClaims claims, Func<ExperimentPlan?, ExperimentPlan> make, CancellationToken cancellationToken)
    {
        var known = KnownPlan();
        if (known?.For(Experiment) is { } whole)
        {
            return whole;
        }

        if (known is not null)
        {
            CheckDevice(known, device);
        }

        var plan = make(known);
        if (!CreateNew(PlanPath, PlanFile.ToJson(plan)))
        {
            using var claim = claims.Take("plan", cancellationToken);
            var first = KnownPlan()!;
            CheckDevice(first, device);
            plan = first.With(plan.Arms);
            Write(PlanPath, PlanFile.ToJson(plan));
        }

        return plan.For(Experiment)!;
    }

    /// <summary>Refuses to train what was planned for another device.</summary>
    /// <exception cref="TrainingException">It was.</exception>
    internal void CheckDevice(ExperimentPlan plan, string device)
    {
        if (plan.Device != device)
        {
            throw new TrainingException($"'{Root}' was planned for {plan.Device}, and this is {device}: runs of two devices or precisions are no fair comparison. Train on what it was planned for, or name another folder with --run.");
        }
    }

    /// <summary>What the plan that is there was made for; null where there is none.</summary>
    internal string? PlannedDevice => KnownPlan()?.Device;

    /// <summary>Where a cell's run is.</summary>
    public string CellPath(string cell) => Path.Combine(Root, "cells", cell);

    /// <summary>Whether a cell is trained, and measured on the test sets as they are now.</summary>
    public bool IsDone(string cell) =>
        _done.ContainsKey(cell) || (File.Exists(TimePath(cell)) && Result(cell) is { } result && TestSets.Cover(result) && (_done[cell] = true));

    /// <summary>Whether a cell was trained and measured, on whatever sets there were then.</summary>
    internal bool IsTrained(string cell) => File.Exists(ResultPath(cell));

    /// <summary>Why a cell failed when it was last tried; null where it did not.</summary>
    public string? Failure(string cell) => Read(FailurePath(cell))?.Trim();

    internal StudyCell? Result(string cell) => Parse(ResultPath(cell), StudyJsonContext.Default.StudyCell);

    internal StudyTime? Time(string cell) => Parse(TimePath(cell), StudyJsonContext.Default.StudyTime);

    /// <summary>Records a cell's result; a time that is there stays, because it was measured then.</summary>
    internal void Save(StudyCell cell, StudyTime time)
    {
        Directory.CreateDirectory(CellPath(cell.Name));
        CreateNew(TimePath(cell.Name), JsonSerializer.Serialize(time, StudyJsonContext.Default.StudyTime));
        Write(ResultPath(cell.Name), JsonSerializer.Serialize(cell, StudyJsonContext.Default.StudyCell));
        File.Delete(FailurePath(cell.Name));
    }

    internal void SaveFailure(string cell, string message)
    {
        Directory.CreateDirectory(CellPath(cell));
        Write(FailurePath(cell), message + "\n");
    }

    internal static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>What a run has left; null where it is not there (any more).</summary>
    /// <exception cref="TrainingException">It is damaged.</exception>
    private static T? Parse<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Read(path) is { } text ? JsonSerializer.Deserialize(text, type) : null;
        }
        catch (JsonException exception)
        {
            throw new TrainingException($"'{path}' is damaged: {exception.Message.TrimEnd('.')}. Remove it, and start again: the run is then measured again, without being trained again.", exception);
        }
    }

    private static string? Read(string path)
    {
        try
        {
            using var reader = new StreamReader(AtomicFile.OpenRead(path));
            return reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The plan that is there; null where there is none.</summary>
    /// <exception cref="TrainingException">It is not whole, or of other variants.</exception>
    private ExperimentPlan? KnownPlan()
    {
        if (!File.Exists(PlanPath))
        {
            return null;
        }

        // A variant that was left out for a while still has its runs here.
        var plan = PlanFile.Read(PlanPath);
        return Experiment.Variants.FirstOrDefault(variant => plan.Arms.Any(arm => arm.Variant == variant.Name && !arm.IsOf(variant))) is { } other
            ? throw new TrainingException($"'{Root}' has runs of a variant '{other.Name}' with other options. Give this one another name, or name another folder with --run.")
            : plan;
    }

    /// <summary>Writes a file that is not there yet, whole or not at all; false where it is.</summary>
    private static bool CreateNew(string path, string text)
    {
        if (File.Exists(path))
        {
            return false;
        }

        var whole = $"{path}.{Guid.NewGuid():N}.part";
        using (var stream = new FileStream(whole, FileMode.CreateNew, FileAccess.Write))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(whole, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(whole);
            return false;
        }
    }

    private string ResultPath(string cell) => Path.Combine(CellPath(cell), "result.json");

    private string TimePath(string cell) => Path.Combine(CellPath(cell), "time.json");

    private string FailurePath(string cell) => Path.Combine(CellPath(cell), "failure.txt");
}
