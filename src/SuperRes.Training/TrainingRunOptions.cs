namespace SuperRes.Training;

/// <summary>How a run is carried out. Nothing here changes what it computes on one kind of device.</summary>
public sealed record TrainingRunOptions
{
    /// <summary>Threads that the run may use, its validation included; 0 for one per processor. With several runs at once, give each its share.</summary>
    public int Threads { get; init; }

    /// <summary>Whether a run that is in the folder already is continued; without it, such a folder is refused.</summary>
    public bool Resume { get; init; }

    /// <summary>Where it is trained; null for the processor with <see cref="Threads"/>.</summary>
    public ITrainingDevice? Device { get; init; }

    /// <summary>Told of what is unusual and does not end the run: a damaged checkpoint. Called from the run's thread.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>The clock that a run's start is read from.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
