namespace SuperRes.Training.Trainers;

/// <summary>What a run is about to do.</summary>
/// <param name="Folder">The run's folder.</param>
/// <param name="Parameters">Trained values of the network.</param>
/// <param name="Images">Training images.</param>
/// <param name="Initial">In words, which weights came from the recipe's file and which did not; null without one.</param>
public sealed record TrainingStart(string Folder, long Parameters, int Images, string? Initial = null);
