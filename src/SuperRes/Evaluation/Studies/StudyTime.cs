namespace SuperRes.Evaluation.Studies;

/// <summary>What a run took, measured once where it ran: not comparable between machines, nor on a busy one.</summary>
/// <param name="Cell">The run's name.</param>
/// <param name="TrainingSeconds">Seconds of training steps, without validation.</param>
/// <param name="EngineMilliseconds">Median milliseconds of the engine on 160 x 90 low-resolution pixels.</param>
/// <param name="Threads">Threads of both.</param>
public sealed record StudyTime(string Cell, double TrainingSeconds, double EngineMilliseconds, int Threads);
