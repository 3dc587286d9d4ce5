using SuperRes.Training.Data;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;

namespace SuperRes.Training.Trainers;

/// <summary>Stops a run that goes wrong, and says where, on what, and what to do.</summary>
internal sealed class RunGuard(RunFolder folder, Action<string> warn)
{
    private readonly Recipe _recipe = folder.Recipe;
    private double _lowest = double.PositiveInfinity;
    private bool _isLowestOfAdversarial;

    /// <summary>Batches left out so far; part of a checkpoint.</summary>
    public long Skipped { get; set; }

    /// <summary>Whether a step counts. One that is not finite is left out where the recipe allows it.</summary>
    /// <exception cref="TrainingException">It is not finite, and no more may be left out.</exception>
    public bool Accept(long step, StepOutcome outcome, TrainingBatch batch)
    {
        if (outcome.IsFinite)
        {
            return true;
        }

        var what = double.IsFinite(outcome.Loss) ? $"The gradients' norm is {outcome.GradientNorm}" : $"The loss is {outcome.Loss}";
        var where = FormattableString.Invariant($"{what} at step {step}, on patches of {string.Join(", ", batch.Names.Distinct())}.");
        if (++Skipped > _recipe.Guards.Skip)
        {
            var skips = _recipe.Guards.Skip > 0 ? FormattableString.Invariant($" {_recipe.Guards.Skip} batches were left out before, as many as guards.skip allows.") : "";
            throw new TrainingException($"{where}{skips} {LastGood()} Start a new run with a lower optimizer.learningRate.initial, or with optimizer.clipNorm; guards.skip leaves out single batches.") { BrokeDown = true };
        }

        warn(FormattableString.Invariant($"{where} The batch is left out, the {Skipped}. of at most {_recipe.Guards.Skip}."));
        return false;
    }

    /// <summary>Looks at a record of steps. One of a few steps is left out: its mean is as noisy as a batch.</summary>
    /// <exception cref="TrainingException">The loss has grown too far.</exception>
    public void Watch(StepMetrics metrics)
    {
        if (metrics.Covered < StepRecord.Length / 2)
        {
            return;
        }

        var isAdversarial = metrics.Step > (_recipe.Adversarial?.Pretraining ?? long.MaxValue);
        if (isAdversarial != _isLowestOfAdversarial)
        {
            (_lowest, _isLowestOfAdversarial) = (double.PositiveInfinity, isAdversarial);
        }

        _lowest = Math.Min(_lowest, metrics.Loss);
        if (_recipe.Guards.Divergence > 0 && metrics.Loss > _recipe.Guards.Divergence * _lowest)
        {
            throw new TrainingException(FormattableString.Invariant(
                $"The run diverges: up to step {metrics.Step} the mean loss is {metrics.Loss:G4}, more than {_recipe.Guards.Divergence} times its lowest, {_lowest:G4}. {LastGood()} Start a new run with a lower optimizer.learningRate.initial, or with optimizer.clipNorm; guards.divergence sets this limit.")) { BrokeDown = true };
        }
    }

    /// <summary>Goes on from what is on record.</summary>
    public void Restore(Checkpoint checkpoint)
    {
        Skipped = checkpoint.Skipped;
        foreach (var metrics in folder.Metrics)
        {
            Watch(metrics);
        }
    }

    /// <summary>Runs what writes into the run's folder.</summary>
    /// <exception cref="TrainingException">The disk is full, or the folder can't be written to.</exception>
    public void Write(long step, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ModelFiles.ModelFileException or Imaging.ImageFileException)
        {
            throw new TrainingException(FormattableString.Invariant(
                $"Step {step} can't be recorded in '{folder.Root}': {exception.Message.TrimEnd('.')}. {LastGood()} Make room, then {GoOn}"), exception) { BrokeDown = true };
        }
    }

    /// <summary>Runs a measurement.</summary>
    /// <exception cref="TrainingException">An image can't be measured any more.</exception>
    public ValidationMetrics Measure(Func<ValidationMetrics> measure)
    {
        try
        {
            return measure();
        }
        catch (TrainingException exception)
        {
            throw new TrainingException($"{exception.Message.TrimEnd('.')}. Put the image back, or one that can be measured, then {GoOn}", exception) { BrokeDown = true };
        }
    }

    /// <summary>Waits for a batch.</summary>
    /// <param name="step">The step that it is for.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="save">Saves what there is before this step, so that none is lost with it.</param>
    /// <exception cref="TrainingException">An image can't be read any more.</exception>
    public async Task<TrainingBatch> ReadAsync(long step, Task<TrainingBatch> batch, Action save)
    {
        try
        {
            return await batch.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Imaging.Data.DatasetException or Imaging.ImageFileException)
        {
            save();
            throw new TrainingException(FormattableString.Invariant(
                $"The batch of step {step} can't be made: {exception.Message.TrimEnd('.')}. {LastGood()} Put the image back, then {GoOn}"), exception) { BrokeDown = true };
        }
    }

    private string GoOn => $"go on with: superres train --resume --run {ShellText.Quote(folder.Root)}";

    private string LastGood() => folder.NewestCheckpoint is > 0 and var step
        ? FormattableString.Invariant($"The last good checkpoint is of step {step}.")
        : "There is no checkpoint yet.";
}
