using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SuperRes.Evaluation.Studies;
using SuperRes.Networks;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;

namespace SuperRes.Training.Ablation.Running;

/// <summary>Takes the runs of reports into an experiment's folder: what a run reached, without its weights.</summary>
internal static partial class KnownRuns
{
    /// <summary>Makes sure that reports are of this experiment, as far as they say what theirs was.</summary>
    /// <param name="experiment">This experiment.</param>
    /// <param name="reports">The reports.</param>
    /// <param name="message">Told of reports of earlier versions, which say less.</param>
    /// <exception cref="TrainingException">A report is of another experiment; the message says what differs. Or it can't be read.</exception>
    public static void CheckExperiment(Experiment experiment, IEnumerable<KnownReport> reports, Action<string> message)
    {
        foreach (var (source, report) in reports)
        {
            foreach (var control in report.Controls)
            {
                _ = Read(source, () => NetworkOptions.FromJson(control.Options));
            }

            var differences = report.Experiment is { } reported
                ? [.. Read(source, () => PlacelessExperiment.Differences(reported, experiment)).Select(key => $"'{key}' differs")]
                : TextDifferences(report, experiment).ToArray();
            if (differences.Length > 0)
            {
                throw new TrainingException($"'{source}' is of another experiment: {string.Join(", ", differences)}. Take that back, or leave the report out.");
            }

            if (report.Experiment is null)
            {
                message($"note: '{source}' is of an earlier version and does not hold its experiment. Its runs are taken by network, steps, seed and what it says of budget and data; whether they were trained alike otherwise, nothing here can tell.");
            }
        }
    }

    /// <summary>Makes sure that reports are of runs on one kind of device. Its number is a machine's own.</summary>
    /// <exception cref="TrainingException">A report is not.</exception>
    public static void CheckDevice(string device, IEnumerable<KnownReport> reports)
    {
        if (reports.FirstOrDefault(known => known.Report.Device is { } other && WithoutNumber(other) != WithoutNumber(device)) is var (source, report))
        {
            throw new TrainingException($"'{source}' is of runs on {report.Device}, and these are on {device}: runs of two devices or precisions are no fair comparison. Leave the report out.");
        }
    }

    /// <summary>Takes what reports know of the cells that are not trained here: all of a rung's, or where something is wrong none of them.</summary>
    /// <param name="folder">The folder that gets them.</param>
    /// <param name="rungs">The cells, rung by rung: in a search what is taken decides which cells come next.</param>
    /// <param name="reports">The reports; of a run that stands in several the first one counts.</param>
    /// <param name="message">Told how many runs are taken.</param>
    /// <exception cref="TrainingException">A run was trained otherwise than its cell is planned, on other images than another one, or measured on other test images.</exception>
    public static void Take(AblationFolder folder, IEnumerable<IReadOnlyList<Cell>> rungs, IReadOnlyList<KnownReport> reports, Action<string> message)
    {
        if (reports.Count == 0)
        {
            return;
        }

        var (taken, known) = (new int[reports.Count], new int[reports.Count]);
        List<Cell> all = [];
        foreach (var cells in rungs)
        {
            all.AddRange(cells);
            List<Candidate> candidates = [.. cells.SelectMany(cell => Known(cell, reports))];
            candidates.ForEach(candidate => known[candidate.Report]++);
            candidates = [.. candidates.Where(candidate => IsOpen(folder, candidate.Cell)).DistinctBy(candidate => candidate.Cell.Name)];
            candidates.ForEach(candidate => Check(folder, candidate, reports[candidate.Report].Source));
            CheckTrainingImages(folder, all, candidates);
            foreach (var candidate in candidates)
            {
                folder.Save(candidate.Run, candidate.Time);
                taken[candidate.Report]++;
            }
        }

        for (var i = 0; i < reports.Count; i++)
        {
            if (known[i] == 0)
            {
                message($"note: '{reports[i].Source}' has no run of this experiment.");
            }
            else if (taken[i] > 0)
            {
                message(string.Create(CultureInfo.InvariantCulture, $"took {taken[i]} run{(taken[i] == 1 ? "" : "s")} of '{reports[i].Source}'"));
            }
        }
    }

    /// <summary>Whether a cell is not trained, or was taken from a report that has it on fewer test sets.</summary>
    private static bool IsOpen(AblationFolder folder, Cell cell) =>
        !folder.IsTrained(cell.Name) || (!folder.IsDone(cell.Name) && !RunFolder.IsRun(folder.CellPath(cell.Name)));

    private static IEnumerable<string> TextDifferences(StudyReport report, Experiment experiment)
    {
        (string Kind, string Theirs, string Ours)[] texts =
        [
            ("budget", report.Budget, ExperimentText.Budget(experiment)),
            ("data", report.Data, ExperimentText.Data(experiment)),
        ];
        return texts.Where(text => text.Theirs != text.Ours).Select(text => $"its {text.Kind} is \"{text.Theirs}\", and this one's \"{text.Ours}\"");
    }

    private static string WithoutNumber(string device) => DeviceNumber().Replace(device, "");

    [GeneratedRegex(":[0-9]+")]
    private static partial Regex DeviceNumber();

    /// <summary>What reports know of a cell, in their order.</summary>
    private static IEnumerable<Candidate> Known(Cell cell, IReadOnlyList<KnownReport> reports) =>
        from i in Enumerable.Range(0, reports.Count)
        let report = reports[i].Report
        from run in report.Cells
        where run.Name == cell.Name && run.Failure is null
        let time = report.Times.FirstOrDefault(time => time.Cell == cell.Name)
        where time is not null
        select new Candidate(cell, run, time, i);

    private static void Check(AblationFolder folder, Candidate candidate, string source)
    {
        var (cell, run) = (candidate.Cell, candidate.Run);
        if (!cell.IsOf(run))
        {
            throw new TrainingException($"'{source}': {cell.DifferenceFrom(run)}. Leave the report out.");
        }

        if (run.Setting != cell.Setting)
        {
            throw new TrainingException($"'{source}': {cell.Name} drew {run.Setting ?? "nothing"} there, and {cell.Setting ?? "nothing"} here. Leave the report out.");
        }

        if (!folder.TestSets.Cover(run))
        {
            throw new TrainingException(
                $"'{source}': {run.Name} was measured on other test images than these, or in another order of the sets, and a report has no weights to measure again. Name the sets that it was measured on, or leave the report out.");
        }
    }

    /// <summary>Runs are compared with each other, so all must have learnt from the same images; those of earlier versions don't say which they were.</summary>
    private static void CheckTrainingImages(AblationFolder folder, IReadOnlyList<Cell> cells, List<Candidate> candidates)
    {
        var hashes = new Dictionary<(int Scale, string Shares), StudyCell>();
        var trained = cells.Select(cell => (Cell: cell, Run: folder.Result(cell.Name))).Where(pair => pair.Run is not null);
        foreach (var (cell, run) in trained.Concat(candidates.Select(candidate => (candidate.Cell, Run: (StudyCell?)candidate.Run))).Where(pair => pair.Run!.DataHash is not null))
        {
            if (!hashes.TryAdd(Preflight.ImagesOf(cell), run!) && hashes[Preflight.ImagesOf(cell)] is var other && other.DataHash != run!.DataHash)
            {
                throw new TrainingException($"{other.Name} and {run.Name} were trained on different images, and runs are compared with each other. Leave the report of one of them out.");
            }
        }
    }

    /// <summary>Reads something of a report that another version, or a hand, may have written.</summary>
    private static T Read<T>(string source, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is RecipeException or JsonException)
        {
            throw new TrainingException($"'{source}' has something in it that this version can't read: {exception.Message.TrimEnd('.')}. Leave the report out, or use the version that wrote it.", exception);
        }
    }

    /// <summary>A run of a report that a cell may be.</summary>
    /// <param name="Cell">The cell.</param>
    /// <param name="Run">What the run reached.</param>
    /// <param name="Time">What it took.</param>
    /// <param name="Report">The report's place among those that are given.</param>
    private sealed record Candidate(Cell Cell, StudyCell Run, StudyTime Time, int Report);
}
