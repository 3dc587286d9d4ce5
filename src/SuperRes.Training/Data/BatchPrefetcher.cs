using System.Diagnostics;

namespace SuperRes.Training.Data;

/// <summary>
/// Prepares the batches of coming steps on the thread pool while the trainer works on the current one. Batches come in
/// the order of their steps, whichever is ready first. For one consumer.
/// </summary>
public sealed class BatchPrefetcher
{
    private readonly BatchAssembler _assembler;
    private readonly Queue<Task<TrainingBatch>> _ahead = new();
    private readonly int _depth;
    private readonly long _lastStep;
    private long _nextStep;

    /// <summary>Starts preparing at once.</summary>
    /// <param name="assembler">Makes the batches.</param>
    /// <param name="firstStep">The first batch's step.</param>
    /// <param name="lastStep">The last batch's step.</param>
    /// <param name="workers">Batches prepared at the same time.</param>
    public BatchPrefetcher(BatchAssembler assembler, long firstStep, long lastStep, int workers)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        _assembler = assembler;
        _nextStep = firstStep;
        _lastStep = lastStep;
        _depth = workers;
        for (var i = 0; i < _depth; i++)
        {
            Enqueue(reuse: null);
        }
    }

    /// <summary>Time the consumer has waited for data since the start.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>The next step's batch.</summary>
    /// <param name="finished">The batch of the step before, whose arrays may be used again; null at first.</param>
    /// <exception cref="InvalidOperationException">There are no more steps.</exception>
    public async Task<TrainingBatch> NextAsync(TrainingBatch? finished)
    {
        if (_ahead.Count == 0)
        {
            throw new InvalidOperationException($"All batches up to step {_lastStep} were taken.");
        }

        var next = _ahead.Dequeue();
        var started = Stopwatch.GetTimestamp();
        var batch = await next.ConfigureAwait(false);
        Waited += Stopwatch.GetElapsedTime(started);
        Enqueue(finished);
        return batch;
    }

    private void Enqueue(TrainingBatch? reuse)
    {
        if (_nextStep > _lastStep)
        {
            return;
        }

        var step = _nextStep++;
        _ahead.Enqueue(Task.Run(() => _assembler.Assemble(step, reuse)));
    }
}
