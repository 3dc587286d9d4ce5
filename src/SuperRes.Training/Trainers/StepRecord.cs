using System.Diagnostics;
using SuperRes.Training.Data;
using SuperRes.Training.Runs;

namespace SuperRes.Training.Trainers;

/// <summary>Gathers what is recorded of the steps since the last record.</summary>
internal sealed class StepRecord(BatchPrefetcher prefetcher, int batch)
{
    private double _loss;
    private long _steps;
    private long _since = Stopwatch.GetTimestamp();
    private TimeSpan _waited = prefetcher.Waited;

    public void Add(double loss)
    {
        _loss += loss;
        _steps++;
    }

    /// <summary>The record, and a new one begins.</summary>
    public StepMetrics Take(long step, double learningRate, double gradientNorm)
    {
        var metrics = new StepMetrics
        {
            Step = step,
            Loss = _loss / _steps,
            LearningRate = learningRate,
            GradientNorm = gradientNorm,
            SamplesPerSecond = _steps * batch / Stopwatch.GetElapsedTime(_since).TotalSeconds,
            DataWait = (prefetcher.Waited - _waited).TotalMilliseconds / _steps,
            MemoryMegabytes = Environment.WorkingSet / 1e6,
        };
        Restart();
        return metrics;
    }

    /// <summary>Leaves out what happened since the last record; time that a validation took is not the steps'.</summary>
    public void Restart()
    {
        (_loss, _steps) = (0, 0);
        _since = Stopwatch.GetTimestamp();
        _waited = prefetcher.Waited;
    }
}
