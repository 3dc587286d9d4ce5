using SuperRes.Training.Trainers;

namespace SuperRes.Training.Tests.Trainers;

/// <summary>Asks a run to stop when it reaches a step, as Ctrl+C does.</summary>
internal sealed class Stopper(long at, CancellationTokenSource stop) : IProgress<TrainingEvent>
{
    public void Report(TrainingEvent value)
    {
        if (value.Start is null && value.Step >= at)
        {
            stop.Cancel();
        }
    }
}
