namespace SuperRes.Training.Trainers;

/// <summary>What a run is about to do.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="Parameters">Trained values of the network.</param>
/// <param name="Images">Training images.</param>
public sealed record TrainingStart(string Folder, long Parameters, int Images);
