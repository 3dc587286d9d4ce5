using SuperRes.Training.Data;

namespace SuperRes.Training.Trainers;

/// <summary>What a step does while a run is in one of its phases.</summary>
internal interface ITrainingPhase : IDisposable
{
    /// <summary>States of the networks that only this phase has, by role.</summary>
    IReadOnlyDictionary<string, NetworkState> Save();

    /// <summary>Continues from saved states.</summary>
    void Load(IReadOnlyDictionary<string, NetworkState> networks);

    /// <summary>Trains on a batch. Where the outcome is not finite, the generator has not moved, nor its running statistics.</summary>
    /// <param name="step">From 1, counted over the whole run.</param>
    /// <param name="batch">The step's batch.</param>
    StepOutcome Run(long step, TrainingBatch batch);
}
