using System.Globalization;
using System.Text.Json;
using SuperRes.Evaluation.Studies;
using SuperRes.Networks;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Ablation.Running;

/// <summary>Takes the runs of reports into an experiment's folder: what a run reached, without its weights.</summary>
internal static class KnownRuns
{
    /// <summary>Makes sure that reports are of this experiment, as far as they say what theirs was.</summary>
    /// <param name="experiment">This experiment.</param>
    /// <param name="device">What this process trains on.</param>
    /// <param name="reports">The reports.</param>
    /// <param name="message">Told of reports of earlier versions, which say less.</param>
    /// <exception cref="TrainingException">A report is of another experiment, or of runs on another device; the message says what differs. Or it can't be read.</exception>
    public static void Check(Experiment experiment, string device, IEnumerable<KnownReport> reports, Action<string> message)
    {
        foreach (var (source, report) in reports)
        {
            foreach (var control in report.Controls)
            {
                _ = Read(source, () => NetworkOptions.FromJson(control.Options));
            }

            if (report.Experiment is not { } reported)
            {
                message($"note: '{source}' is of an earlier version and does not hold its experiment. Its runs are taken by network, steps, seed and images; whether they were trained alike otherwise, nothing here can tell.");
                continue;
            }

            var differences = Read(source, () => PlacelessExperiment.Differences(reported, experiment));
            if (differences.Length > 0)
            {
                throw new TrainingException(
                    $"'{source}' is of another experiment: {string.Join(", ", differences.Select(key => $"'{key}'"))} differ{(differences.Length == 1 ? "s" : "")}. Take that back, or leave the report out.");
            }

            if (report.Device is { } other && other != device)
            {
                throw new TrainingException($"'{source}' is of runs on {other}, and this is {device}: runs of two devices or precisions are no fair comparison. Leave the report out.");
            }
        }
    }

    /// <summary>Takes what reports know of the cells that are not trained here.</summary>
    /// <param name="folder">The folder that gets them.</param>
    /// <param name="rungs">The cells, rung by rung: in a search what is taken decides which cells come next.</param>
    /// <param name="reports">The reports; of a run that stands in several the first one counts.</param>
    /// <param name="message">Told how many runs are taken.</param>
    /// <exception cref="TrainingException">A run was trained otherwise than its cell is planned, or measured on other test images.</exception>
    public static void Take(AblationFolder folder, IEnumerable<IReadOnlyList<Cell>> rungs, IReadOnlyList<KnownReport> reports, Action<string> message)
    {
        if (reports.Count == 0)
        {
            return;
        }

        var (taken, known) = (new int[reports.Count], new int[reports.Count]);
        foreach (var cells in rungs)
        {
            var planned = cells.ToDictionary(cell => cell.Name);
            for (var i = 0; i < reports.Count; i++)
            {
                var (source, report) = reports[i];
                var times = report.Times.DistinctBy(time => time.Cell).ToDictionary(time => time.Cell);
                foreach (var run in report.Cells.Where(run => run.Failure is null && times.ContainsKey(run.Name) && planned.ContainsKey(run.Name)))
                {
                    known[i]++;
                    if (!folder.IsTrained(run.Name))
                    {
                        Check(folder, planned[run.Name], run, source);
                        folder.Save(run, times[run.Name]);
                        taken[i]++;
                    }
                }
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

    private static void Check(AblationFolder folder, Cell cell, StudyCell run, string source)
    {
        if (!cell.IsOf(run))
        {
            throw new TrainingException($"'{source}': {cell.DifferenceFrom(run)}. Leave the report out.");
        }

        if (!folder.TestSets.Cover(run))
        {
            throw new TrainingException(
                $"'{source}': {run.Name} was measured on other test images than these, or in another order of the sets, and a report has no weights to measure again. Name the sets that it was measured on, or leave the report out.");
        }
    }
}
