using System.Diagnostics;
using SuperRes.Training.Data;
using SuperRes.Training.Runs;

namespace SuperRes.Training.Trainers;

/// <summary>Gathers what is recorded of the steps since the last record.</summary>
internal sealed class StepRecord(BatchPrefetcher prefetcher, int batch)
{
    private readonly SortedDictionary<string, double> _parts = new(StringComparer.Ordinal);
    /// <summary>Steps of a whole record.</summary>
    public const long Length = 100;

    private double _loss;
    private long _steps;
    private long _timedSteps;
    private long _since = Stopwatch.GetTimestamp();
    private TimeSpan _waited = prefetcher.Waited;

    public void Add(StepOutcome outcome)
    {
        _loss += outcome.Loss;
        _steps++;
        _timedSteps++;
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
            Covered = _steps < Length ? _steps : null,
            LearningRate = last.LearningRate,
            GradientNorm = last.GradientNorm,
            SamplesPerSecond = _timedSteps * batch / Stopwatch.GetElapsedTime(_since).TotalSeconds,
            DataWait = (prefetcher.Waited - _waited).TotalMilliseconds / Math.Max(_timedSteps, 1),
            MemoryMegabytes = Environment.WorkingSet / 1e6,
            Losses = _parts.Count < 2 ? null : _parts.ToDictionary(part => part.Key, part => part.Value / _steps),
        };
        (_loss, _steps) = (0, 0);
        _parts.Clear();
        RestartClock();
        return metrics;
    }

    /// <summary>Measures times from now on: what a validation takes is not the steps'.</summary>
    public void RestartClock()
    {
        _timedSteps = 0;
        _since = Stopwatch.GetTimestamp();
        _waited = prefetcher.Waited;
    }
}
