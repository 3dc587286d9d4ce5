using SuperRes.Evaluation;
using SuperRes.Evaluation.Studies;
using SuperRes.ModelFiles;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Recipes;
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
        ForgetTornStart(path);
        if (RunFolder.IsRun(path) && RunFolder.Open(path) is { State: RunState.Finished } finished)
        {
            return finished;
        }

        if (isTrained)
        {
            throw new TrainingException($"The run was measured on other test sets, and its weights are gone. Leave the new sets out, or remove '{path}' to train it again.");
        }

        var options = new TrainingRunOptions { Threads = threads, Device = device, Resume = true, Warn = warn };
        return await TrainingRun.ExecuteAsync(cell.Recipe, path, options, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A run that was killed while its folder was made has nothing to go on with.</summary>
    private static void ForgetTornStart(string path)
    {
        try
        {
            if (RunFolder.IsRun(path))
            {
                _ = RunFolder.Open(path).Manifest;
            }
        }
        catch (Exception exception) when (exception is RecipeException or TrainingException)
        {
            File.Delete(Path.Combine(path, "recipe.json"));
        }
    }

    private List<StudySet> Measure(Model model, IEnumerable<(string Name, IEvaluationSet Images)> sets, IReadOnlyList<StudySet> known, CancellationToken cancellationToken)
    {
        using var upscaler = new Upscaler(new NetworkMethod(model, MethodOptions.Default with { Threads = threads }), ownsMethod: true);
        return [.. sets.Select(set => TestSets.Known(known, set) ?? StudyMeasurer.Measure(upscaler, set.Images, set.Name, model.Options.Scale, cancellationToken))];
    }

    /// <param name="known">What was measured of the run before; null where nothing was.</param>
    private StudyCell Result(Cell cell, StudyCell? known, RunFolder run, Model model, CancellationToken cancellationToken)
    {
        var (sets, manifest) = (folder.TestSets, run.Manifest);
        var measured = Measure(model, sets.All, known?.Sets ?? [], cancellationToken);

        // A set that is left out for a while keeps what was measured.
        IEnumerable<StudySet> others = known?.Sets.Where(set => measured.All(other => other.Dataset != set.Dataset)) ?? [];
        var gates = GateMeasurer.Measure(model, sets.Deciding.Images, threads, cancellationToken);
        return cell.Describe(model.Graph) with
        {
            TrainingImages = manifest.Images.Count,
            DataHash = manifest.DataHash,
            TrainedWith = manifest.CodeVersion,
            Curve = [.. run.Validations.Select(point => new CurvePoint(point.Step, point.Psnr, point.Ssim))],
            Sets = [.. measured, .. others],
            ChannelGates = gates?.Channel,
            SpatialGates = gates?.Spatial,
            FrozenGates = gates is null ? null : Measure(FrozenGates.Of(model, gates.Modules), [sets.Deciding], [], cancellationToken)[0],
        };
    }

    private StudyTime Time(Cell cell, RunFolder run)
    {
        var (seconds, last) = (0.0, 0L);
        foreach (var record in run.Metrics)
        {
            seconds += (record.Step - last) * cell.Recipe.Batch / record.SamplesPerSecond;
            last = record.Step;
        }

        using var timer = new EngineTimer(cell.Network, threads);
        return new StudyTime(cell.Name, Math.Round(seconds, 1), Math.Round(timer.Median(), 3), threads);
    }
}
