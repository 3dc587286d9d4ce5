using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Training.Data;
using SuperRes.Training.Data.Degrading;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;
using SuperRes.Training.Runs.Reports;

namespace SuperRes.Training.Trainers;

/// <summary>
/// Trains the network of a run. One visible loop: batch, step, record, validation, checkpoint. Everything random is a
/// function of the recipe's seed and the step, so a run that was killed goes on bit for bit.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly RunFolder _folder;
    private readonly Recipe _recipe;
    private readonly ITrainingDevice _device;
    private readonly ITrainableNetwork _network;
    private readonly FolderTrainingImages _images;
    private readonly Validator? _validator;
    private readonly RunGuard _guard;
    private readonly TimeProvider _time;
    /// <summary>Low, so that a long run takes no more memory after its measurements than before them.</summary>
    private readonly DecodeGarbage _garbage = new(limit: 32_000_000);
    private ITrainingPhase _phase;
    private double _best = double.NegativeInfinity;

    /// <summary>A trainer over an open run.</summary>
    /// <param name="folder">Where everything is recorded.</param>
    /// <param name="device">Where the networks are trained.</param>
    /// <param name="images">The training images.</param>
    /// <param name="initial">The network's weights before the first step.</param>
    /// <param name="options">Threads of the validation, warnings, clock.</param>
    /// <exception cref="TrainingException">A loss network's weights can't be read.</exception>
    public Trainer(RunFolder folder, ITrainingDevice device, FolderTrainingImages images, Weights initial, TrainingRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(options);
        (_folder, _recipe, _device, _images, _time) = (folder, folder.Recipe, device, images, options.Time);
        _validator = _recipe.Validation.Path is null ? null : new Validator(_recipe, options.Threads);
        _guard = new RunGuard(folder, options.Warn ?? (_ => { }));
        _network = device.Create(_recipe.Network.BuildGraph(), initial);
        try
        {
            _phase = new PixelPhase(_recipe, _network, device);
        }
        catch
        {
            _network.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _phase.Dispose();
        _network.Dispose();
    }

    /// <summary>Trains from the newest checkpoint, or from the start, to the recipe's last step.</summary>
    /// <param name="progress">Told of every step; may be null.</param>
    /// <param name="warn">Told of a damaged checkpoint.</param>
    /// <param name="cancellationToken">Stops after the current step and saves a checkpoint.</param>
    /// <exception cref="TrainingException">A guard stopped the run: see <see cref="GuardOptions"/>.</exception>
    public async Task RunAsync(IProgress<TrainingEvent>? progress, Action<string> warn, CancellationToken cancellationToken = default)
    {
        var last = Restore(warn);
        if (_validator is not null && last > 0 && IsValidationDue(last) && _folder.Validations.All(validation => validation.Step != last))
        {
            Validate(last, progress, cancellationToken);
        }

        var first = last + 1;
        var sampler = new PatchSampler(_recipe.Seed, _images.Sizes, _recipe.Patches.Min(stage => stage.Size));
        var degrader = _recipe.Data.Degradation is { } degradation ? new Degrader(degradation, _recipe.Network.Scale, _recipe.Seed) : null;
        var prefetcher = new BatchPrefetcher(
            new BatchAssembler(_images, sampler, _recipe.Batch, _recipe.PatchSizeAt, degrader), first, _recipe.Steps, _recipe.Data.Workers);
        var record = new StepRecord(prefetcher, _recipe.Batch);
        TrainingBatch? batch = null;
        for (var step = first; step <= _recipe.Steps; step++)
        {
            batch = await _guard.ReadAsync(step, prefetcher.NextAsync(batch), () => SaveBefore(step, first)).ConfigureAwait(false);
            var outcome = PhaseOf(step).Run(step, batch);
            if (_guard.Accept(step, outcome, batch))
            {
                record.Add(outcome);
            }

            var metrics = step % StepRecord.Length == 0 || step == _recipe.Steps || step == _recipe.LastPixelStep ? record.Take(step, outcome) : null;
            if (metrics is not null)
            {
                _guard.Write(step, () => _folder.Append(metrics, _time.GetUtcNow()));
                _guard.Watch(metrics);
            }

            progress?.Report(new TrainingEvent(step, _recipe.Steps, metrics) { Loss = outcome.Loss });
            if (step == _recipe.LastPixelStep && _recipe.Adversarial is not null)
            {
                // Before the measurement: a run that is stopped in there goes on with the next step.
                _guard.Write(step, () => SaveModel(_folder.PretrainedModelPath, step, _network.Save()));
            }

            if (IsValidationDue(step))
            {
                ValidateOrSave(step, progress, cancellationToken);
                record.RestartClock();
            }

            if (step % _recipe.Checkpoints.Every == 0 || step == _recipe.Steps || cancellationToken.IsCancellationRequested)
            {
                Save(step);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        _guard.Write(_recipe.Steps, () =>
        {
            SaveModel(_folder.FinalModelPath, _recipe.Steps, _network.Save());
            RunReport.Write(_folder);
        });
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
        if (checkpoint.Step > _recipe.LastPixelStep)
        {
            Enter(new AdversarialPhase(_recipe, _network, _device));
            _phase.Load(checkpoint.Networks);
        }

        _best = _folder.Validations.Where(validation => validation.Step > _recipe.LastPixelStep == checkpoint.Step > _recipe.LastPixelStep)
            .Select(Score).DefaultIfEmpty(double.NegativeInfinity).Max();
        _guard.Restore(checkpoint);
        return checkpoint.Step;
    }

    /// <summary>The phase that a step is in. With the first adversarial step, a new one begins: its best model is its own.</summary>
    private ITrainingPhase PhaseOf(long step)
    {
        if (step > _recipe.LastPixelStep && _phase is PixelPhase)
        {
            AdversarialPhase.Begin(_network);
            Enter(new AdversarialPhase(_recipe, _network, _device));
            _best = double.NegativeInfinity;
        }

        return _phase;
    }

    private void Enter(ITrainingPhase phase)
    {
        _phase.Dispose();
        _phase = phase;
    }

    /// <summary>Where the batch of a step can't be made, the steps before it are not lost.</summary>
    private void SaveBefore(long step, long first)
    {
        if (step > first)
        {
            Save(step - 1);
        }
    }

    private void Save(long step) => _guard.Write(step, () =>
        _folder.Save(new Checkpoint(step, new Dictionary<string, NetworkState>(_phase.Save()) { [Checkpoint.Generator] = _network.Save() }, _guard.Skipped)));

    private bool IsValidationDue(long step) => step % _recipe.Validation.Every == 0 || step == _recipe.Steps || step == _recipe.LastPixelStep;

    /// <summary>Who stops the run during a long measurement, or finds an image gone, loses no step: resuming begins with the measurement.</summary>
    private void ValidateOrSave(long step, IProgress<TrainingEvent>? progress, CancellationToken cancellationToken)
    {
        try
        {
            Validate(step, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TrainingException)
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

        var allocated = GC.GetTotalAllocatedBytes();
        var state = _network.Save();
        var validation = _guard.Measure(() => _validator.Measure(step, state, cancellationToken));
        _guard.Write(step, () => Record(validation, state));
        _garbage.Add(GC.GetTotalAllocatedBytes() - allocated);
        progress?.Report(new TrainingEvent(step, _recipe.Steps, Validation: validation));
    }

    /// <summary>The record comes last: a measurement that has one has all that belongs to it, and is not made again.</summary>
    private void Record(ValidationMetrics validation, NetworkState state)
    {
        if (Score(validation) > _best)
        {
            _best = Score(validation);
            SaveModel(_folder.BestModelPath, validation.Step, state);
        }

        foreach (var (name, image) in _validator!.Samples(state))
        {
            _folder.Samples.Save(validation.Step, name, image);
        }

        _folder.Append(validation, _time.GetUtcNow());
        RunReport.Write(_folder);
    }

    private double Score(ValidationMetrics validation) => _recipe.Validation.Score(validation);

    private void SaveModel(string path, long step, NetworkState state)
    {
        // A folder may be there several times, shrunk differently.
        string[] data = [.. _recipe.Data.Train.Select(source => Path.GetFileName(Path.TrimEndingDirectorySeparator(source.Path))).Distinct()];
        var provenance = new TrainingProvenance(_recipe.Name, _folder.RecipeHash, step, _recipe.Seed, data, RunEnvironment.CodeVersion, Path.GetFileName(_recipe.Initial));
        ModelFile.Save(new Model(_recipe.Network, state.Average, new ModelInfo(_recipe.Name, _recipe.Data.Licence, provenance)), path);
    }
}
