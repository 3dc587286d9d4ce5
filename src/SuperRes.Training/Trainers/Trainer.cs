using System.Diagnostics;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Training.Data;
using SuperRes.Training.Losses;
using SuperRes.Training.Optimization;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;
using SuperRes.Training.Runs.Reports;

namespace SuperRes.Training.Trainers;

/// <summary>
/// Trains a network on pixel losses. One visible loop: batch, forward, loss, backward, update. Everything random is a
/// function of the recipe's seed and the step, so a run that was killed goes on bit for bit.
/// </summary>
public sealed class Trainer
{
    private const long RecordEvery = 100;

    private readonly RunFolder _folder;
    private readonly Recipe _recipe;
    private readonly ITrainableNetwork _network;
    private readonly FolderTrainingImages _images;
    private readonly Validator? _validator;
    private readonly LossSum _losses;
    private double _best = double.NegativeInfinity;

    /// <summary>A trainer over an open run. The network stays the caller's, who disposes it.</summary>
    /// <param name="folder">Where everything is recorded.</param>
    /// <param name="network">The network, with its initial weights.</param>
    /// <param name="images">The training images.</param>
    /// <param name="threads">Threads of the validation; 0 for one per processor.</param>
    public Trainer(RunFolder folder, ITrainableNetwork network, FolderTrainingImages images, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (_folder, _recipe, _network, _images) = (folder, folder.Recipe, network, images);
        _validator = _recipe.Validation.Path is null ? null : new Validator(_recipe, threads);
        _losses = new LossSum(_recipe.Losses);
    }

    /// <summary>Trains from the newest checkpoint, or from the start, to the recipe's last step.</summary>
    /// <param name="progress">Told of every step; may be null.</param>
    /// <param name="warn">Told of what is unusual: a damaged checkpoint.</param>
    /// <param name="cancellationToken">Stops after the current step and saves a checkpoint.</param>
    /// <exception cref="TrainingException">The loss or a gradient is not finite.</exception>
    public async Task RunAsync(IProgress<TrainingEvent>? progress, Action<string> warn, CancellationToken cancellationToken = default)
    {
        var last = Restore(warn);
        if (_validator is not null && last > 0 && IsValidationDue(last) && _folder.Validations.All(validation => validation.Step != last))
        {
            Validate(last, progress, cancellationToken);
        }

        var first = last + 1;
        var sampler = new PatchSampler(_recipe.Seed, _images.Sizes, _recipe.Patches.Min(stage => stage.Size));
        var prefetcher = new BatchPrefetcher(
            new BatchAssembler(_images, sampler, _recipe.Batch, _recipe.PatchSizeAt), first, _recipe.Steps, _recipe.Data.Workers);
        var record = new StepRecord(prefetcher, _recipe.Batch);
        TrainingBatch? batch = null;
        for (var step = first; step <= _recipe.Steps; step++)
        {
            batch = await prefetcher.NextAsync(batch).ConfigureAwait(false);
            var outputs = _network.Forward(batch.Input);
            var loss = _losses.Evaluate(outputs, batch.Targets);
            _network.ClearGradients();
            _network.Backward(_losses.Gradients, GradientTargets.Parameters);
            var norm = _network.GradientNorm();
            Guard(step, loss, norm, batch);
            var rate = _recipe.Optimizer.LearningRate.At(step, _recipe.Steps);
            _network.Update(OptimizerStep(step, rate, norm));

            record.Add(loss);
            var metrics = step % RecordEvery == 0 || step == _recipe.Steps ? record.Take(step, rate, norm) : null;
            if (metrics is not null)
            {
                _folder.Append(metrics);
            }

            progress?.Report(new TrainingEvent(step, _recipe.Steps, metrics));
            if (IsValidationDue(step))
            {
                ValidateOrSave(step, progress, cancellationToken);
                record.Restart();
            }

            if (step % _recipe.Checkpoints.Every == 0 || step == _recipe.Steps || cancellationToken.IsCancellationRequested)
            {
                Save(step);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        SaveModel(_folder.FinalModelPath, _recipe.Steps, _network.Save());
        RunReport.Write(_folder);
    }

    /// <summary>The last finished step: 0 at the start.</summary>
    private long Restore(Action<string> warn)
    {
        var checkpoint = _folder.LoadCheckpoint(warn);
        if (checkpoint is null)
        {
            return 0;
        }

        _network.Load(checkpoint.Networks[Checkpoint.Generator]);
        _best = _folder.Validations.Select(validation => validation.Psnr).DefaultIfEmpty(double.NegativeInfinity).Max();
        return checkpoint.Step;
    }

    private OptimizerStep OptimizerStep(long step, double rate, double norm)
    {
        var options = _recipe.Optimizer;
        return new OptimizerStep
        {
            Step = step,
            LearningRate = rate,
            Beta1 = options.Beta1,
            Beta2 = options.Beta2,
            WeightDecay = options.WeightDecay,
            GradientScale = options.ClipNorm > 0 && norm > options.ClipNorm ? options.ClipNorm / norm : 1,

            // The average starts with the weights' first steps, not with the random weights: a decay that grows to its
            // value, as in TensorFlow's ExponentialMovingAverage.
            AverageDecay = Math.Min(options.AverageDecay, (1.0 + step) / (10 + step)),
        };
    }

    private void Guard(long step, double loss, double norm, TrainingBatch batch)
    {
        if (double.IsFinite(loss) && double.IsFinite(norm))
        {
            return;
        }

        var what = double.IsFinite(loss) ? $"The gradients' norm is {norm}" : $"The loss is {loss}";
        throw new TrainingException(FormattableString.Invariant(
            $"{what} at step {step}, on patches of {string.Join(", ", batch.Names.Distinct())}. The last checkpoint in '{_folder.Root}' is good; resume with a lower optimizer.learningRate.initial or a optimizer.clipNorm in a new run."));
    }

    private void Save(long step) =>
        _folder.Save(new Checkpoint(step, new Dictionary<string, NetworkState> { [Checkpoint.Generator] = _network.Save() }));

    private bool IsValidationDue(long step) => step % _recipe.Validation.Every == 0 || step == _recipe.Steps;

    /// <summary>A person who stops the run during a long measurement loses no step: resuming begins with the measurement.</summary>
    private void ValidateOrSave(long step, IProgress<TrainingEvent>? progress, CancellationToken cancellationToken)
    {
        try
        {
            Validate(step, progress, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Save(step);
            throw;
        }
    }

    private void Validate(long step, IProgress<TrainingEvent>? progress, CancellationToken cancellationToken)
    {
        if (_validator is null)
        {
            return;
        }

        var state = _network.Save();
        var validation = _validator.Measure(step, state, cancellationToken);
        _folder.Append(validation);
        if (validation.Psnr > _best)
        {
            _best = validation.Psnr;
            SaveModel(_folder.BestModelPath, step, state);
        }

        foreach (var (name, image) in _validator.Samples(state))
        {
            _folder.Samples.Save(step, name, image);
        }

        RunReport.Write(_folder);
        progress?.Report(new TrainingEvent(step, _recipe.Steps, Validation: validation));
    }

    private void SaveModel(string path, long step, NetworkState state)
    {
        var provenance = new TrainingProvenance(
            _recipe.Name, _folder.RecipeHash, step, _recipe.Seed, [.. _recipe.Data.Train.Select(source => Path.GetFileName(Path.TrimEndingDirectorySeparator(source.Path)))], RunEnvironment.CodeVersion);
        ModelFile.Save(new Model(_recipe.Network, state.Average, new ModelInfo(_recipe.Name, _recipe.Data.Licence, provenance)), path);
    }
}
