using SuperRes.Networks;
using SuperRes.Training.Cpu;
using SuperRes.Training.Data;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;
using SuperRes.Training.Trainers;

namespace SuperRes.Training;

/// <summary>Trains a recipe in this process, from its data to its models.</summary>
public static class TrainingRun
{
    /// <summary>
    /// Starts a run, or goes on with one, and trains to the recipe's last step. Several may run at once in one process,
    /// each in a folder of its own; on the processor there is no state between them.
    /// </summary>
    /// <param name="recipe">What to train. Paths in it are relative to the working folder.</param>
    /// <param name="path">The run's folder; made where it is absent.</param>
    /// <param name="options">How; null for a new run on all processors.</param>
    /// <param name="progress">Told of the start, of every step and of every measurement, from the run's thread; may be null.</param>
    /// <param name="cancellationToken">Stops after the current step and saves a checkpoint; before the first, between two files that are read.</param>
    /// <returns>The finished run, whose models are at <see cref="RunFolder.FinalModelPath"/> and <see cref="RunFolder.BestModelPath"/>.</returns>
    /// <exception cref="RecipeException">The recipe has faults; all are listed. Or an image is too small for its patches.</exception>
    /// <exception cref="Imaging.Data.DatasetException">A data set can't be opened.</exception>
    /// <exception cref="GraphException">The network can't be built or trained.</exception>
    /// <exception cref="TrainingException">
    /// The folder holds a run and <see cref="TrainingRunOptions.Resume"/> is off; the recipe or the data are not those the
    /// run began with; another process trains it; or the training broke down.
    /// </exception>
    /// <exception cref="Imaging.ImageFileException">A training image can't be read, as is known before the first step.</exception>
    /// <exception cref="ModelFiles.ModelFileException">The weights to start from can't be read, or the folder can't be written to.</exception>
    /// <exception cref="IOException">The folder can't be made, or an image can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be made or an image read with this user's rights.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Task<RunFolder> ExecuteAsync(
        Recipe recipe, string path, TrainingRunOptions? options = null, IProgress<TrainingEvent>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Task.Run(() => RunAsync(recipe, path, options ?? new TrainingRunOptions(), progress, cancellationToken), cancellationToken);
    }

    private static async Task<RunFolder> RunAsync(
        Recipe recipe, string path, TrainingRunOptions options, IProgress<TrainingEvent>? progress, CancellationToken cancellationToken)
    {
        RecipeException.ThrowIfAny($"The recipe '{recipe.Name}'", RecipeValidator.Validate(recipe));
        var graph = recipe.Network.BuildGraph();
        var images = FolderTrainingImages.Open(recipe.Data, TargetScales.Of(graph), recipe.Patches.Max(stage => stage.Size));
        _ = Validator.Open(recipe.Validation, recipe.Network.Scale);
        var device = options.Device ?? new CpuDevice(options.Threads);
        var manifest = RunEnvironment.Describe(images.Paths, options.Time, InputFiles.Hash(recipe), device.Name, images.LowResolutionPaths, cancellationToken);
        var initial = InitialWeights.Of(recipe, graph);
        cancellationToken.ThrowIfCancellationRequested();
        var folder = options.Resume && RunFolder.IsRun(path) ? RunFolder.Resume(path, recipe, manifest) : RunFolder.Create(path, recipe, manifest);
        using var hold = folder.Hold();
        progress?.Report(new TrainingEvent(
            folder.NewestCheckpoint, recipe.Steps, Start: new TrainingStart(folder.Root, graph.TrainableCount, images.Paths.Count, initial.Report)));
        var warn = options.Warn ?? (_ => { });
        foreach (var (key, optimizer, steps) in Phases(recipe))
        {
            if (optimizer.LearningRate.WarmUp is > 0 and var warmUp && warmUp >= steps && steps > 0)
            {
                warn($"The learning rate rises over {warmUp} steps ({key}.learningRate.warmUp) and its phase has {steps}, so it never reaches its height.");
            }
        }

        using var trainer = new Trainer(folder, device, images, initial.Weights, options);
        await trainer.RunAsync(progress, warn, cancellationToken).ConfigureAwait(false);
        return folder;
    }

    /// <summary>Every optimiser with the steps of its phase.</summary>
    private static IEnumerable<(string Key, OptimizerOptions Optimizer, long Steps)> Phases(Recipe recipe)
    {
        yield return ("optimizer", recipe.Optimizer, recipe.LastPixelStep);
        if (recipe.Adversarial is { } adversarial)
        {
            var steps = recipe.Steps - adversarial.Pretraining;
            yield return ("adversarial.optimizer", adversarial.Optimizer, steps);
            yield return ("adversarial.discriminator.optimizer", adversarial.Discriminator.Optimizer, steps);
        }
    }
}
