using System.Diagnostics;
using SuperRes.Training.Data;
using SuperRes.Training.Runs;

namespace SuperRes.Training.Trainers;

/// <summary>Gathers what is recorded of the steps since the last record.</summary>
internal sealed class StepRecord(BatchPrefetcher prefetcher, int batch)
{
    private readonly SortedDictionary<string, double> _parts = new(StringComparer.Ordinal);
    private double _loss;
    private long _steps;
    private long _since = Stopwatch.GetTimestamp();
    private TimeSpan _waited = prefetcher.Waited;

    public void Add(StepOutcome outcome)
    {
        _loss += outcome.Loss;
        _steps++;
        foreach (var (kind, value) in outcome.Parts)
        {
            _parts[kind] = _parts.GetValueOrDefault(kind) + value;
        }
    }

    /// <summary>The record, and a new one begins; null where there is nothing to record, because every batch was left out.</summary>
    public StepMetrics? Take(long step, StepOutcome last)
    {
        if (_steps == 0)
        {
            return null;
        }

        var metrics = new StepMetrics
        {
            Step = step,
            Loss = _loss / _steps,
            LearningRate = last.LearningRate,
            GradientNorm = last.GradientNorm,
            SamplesPerSecond = _steps * batch / Stopwatch.GetElapsedTime(_since).TotalSeconds,
            DataWait = (prefetcher.Waited - _waited).TotalMilliseconds / _steps,
            MemoryMegabytes = Environment.WorkingSet / 1e6,
            Losses = _parts.Count < 2 ? null : _parts.ToDictionary(part => part.Key, part => part.Value / _steps),
        };
        Restart();
        return metrics;
    }

    /// <summary>Leaves out what happened since the last record; time that a validation took is not the steps'.</summary>
    public void Restart()
    {
        (_loss, _steps) = (0, 0);
        _parts.Clear();
        _since = Stopwatch.GetTimestamp();
        _waited = prefetcher.Waited;
    }
}
