using SuperRes.Training.Trainers;

namespace SuperRes.Training.Tests.Trainers;

/// <summary>Ends a run with an exception after a step, as a kill between two lines would: nothing is saved.</summary>
internal sealed class Killer(long after) : IProgress<TrainingEvent>
{
    public void Report(TrainingEvent value)
    {
        if (value.Start is null && value.Step >= after)
        {
            throw new KilledException();
        }
    }
}
