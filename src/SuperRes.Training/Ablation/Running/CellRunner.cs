using SuperRes.Evaluation.Runs;
using SuperRes.Evaluation.Studies;
using SuperRes.ModelFiles;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Runs;
using SuperRes.Training.Trainers;
using SuperRes.Upscaling;

namespace SuperRes.Training.Ablation.Running;

/// <summary>Trains one cell, from where it stands, and measures what came of it.</summary>
internal sealed class CellRunner(AblationFolder folder, int threads, ITrainingDevice? device)
{
    /// <summary>Trains and measures, or of a run that is over measures what is missing; the cell is done when this returns.</summary>
    public async Task RunAsync(Cell cell, IProgress<TrainingEvent>? progress, Action<string> warn, CancellationToken cancellationToken)
    {
        var known = folder.Result(cell.Name);
        var run = await TrainAsync(cell, known is not null, progress, warn, cancellationToken).ConfigureAwait(false);
        var model = ModelFile.Load(run.FinalModelPath);
        folder.Save(Result(cell, known, run, model, cancellationToken), Time(cell, run));
    }

    private async Task<RunFolder> TrainAsync(Cell cell, bool isTrained, IProgress<TrainingEvent>? progress, Action<string> warn, CancellationToken cancellationToken)
    {
        var path = folder.CellPath(cell.Name);
        TornStart.Forget(path);
        if (RunFolder.IsRun(path) && RunFolder.Open(path) is { State: RunState.Finished } finished)
        {
            finished.CheckRecipe(cell.Recipe);
            return finished;
        }

        if (isTrained)
        {
            throw new TrainingException($"The run was measured on other test sets, and its weights are gone. Leave the new sets out, or remove '{path}' to train it again.");
        }

        var options = new TrainingRunOptions { Threads = threads, Device = device, Resume = true, Warn = warn };
        return await TrainingRun.ExecuteAsync(cell.Recipe, path, options, progress, cancellationToken).ConfigureAwait(false);
    }

    private List<StudySet> Measure(Model model, IEnumerable<TestImages> sets, IReadOnlyList<StudySet> known, CancellationToken cancellationToken)
    {
        var scale = model.Options.Scale;
        using var upscaler = Upscaler.From(model, MethodOptions.Default with { Threads = threads });
        return [.. sets.Select(set => TestSets.Known(known, set, scale) ?? set.Measure(scale, (images, name) => StudyMeasurer.Measure(upscaler, images, name, scale, cancellationToken)))];
    }

    /// <param name="known">What was measured of the run before; null where nothing was.</param>
    private StudyCell Result(Cell cell, StudyCell? known, RunFolder run, Model model, CancellationToken cancellationToken)
    {
        var (sets, manifest) = (folder.TestSets, run.Manifest);
        var measured = Measure(model, sets.All, known?.Sets ?? [], cancellationToken);

        // A set that is left out for a while keeps what was measured.
        IEnumerable<StudySet> others = known?.Sets.Where(set => measured.All(other => other.Dataset != set.Dataset)) ?? [];
        return WithGates(cell.Describe(model.Graph), known, model, cancellationToken) with
        {
            TrainingImages = manifest.Images.Count,
            DataHash = manifest.DataHash,
            TrainedWith = manifest.CodeVersion,
            Curve = [.. run.Validations.Select(point => new CurvePoint(point.Step, point.Psnr, point.Ssim))],
            Sets = [.. measured, .. others],
        };
    }

    /// <summary>What its gates do on the set that decides: as it is known, where that set and its images are what they were.</summary>
    private StudyCell WithGates(StudyCell cell, StudyCell? known, Model model, CancellationToken cancellationToken)
    {
        var set = folder.TestSets.Deciding;
        if (known is { FrozenGates: not null, Sets: [var decided, ..] } && set.AreOf(decided, cell.Scale))
        {
            return cell with { ChannelGates = known.ChannelGates, SpatialGates = known.SpatialGates, FrozenGates = known.FrozenGates };
        }

        return GateMeasurer.Measure(model, set.Images, threads, cancellationToken) is not { } gates ? cell : cell with
        {
            ChannelGates = gates.Channel,
            SpatialGates = gates.Spatial,
            FrozenGates = Measure(FrozenGates.Of(model, gates.Modules), [set], [], cancellationToken)[0],
        };
    }

    private StudyTime Time(Cell cell, RunFolder run)
    {
        using var timer = new EngineTimer(cell.Network, threads);
        return new StudyTime(cell.Name, Math.Round(TrainingSeconds(run.Metrics, cell.Recipe.Batch), 1), Math.Round(timer.Median(), 3), threads);
    }

    /// <summary>What the steps took by their records; one without a speed, as a clock that stood still leaves behind, says nothing.</summary>
    internal static double TrainingSeconds(IEnumerable<StepMetrics> metrics, int batch)
    {
        var (seconds, last) = (0.0, 0L);
        foreach (var record in metrics)
        {
            seconds += record.SamplesPerSecond > 0 ? (record.Step - last) * batch / record.SamplesPerSecond : 0;
            last = record.Step;
        }

        return seconds;
    }
}
