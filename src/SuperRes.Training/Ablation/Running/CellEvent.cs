using SuperRes.Training.Trainers;

namespace SuperRes.Training.Ablation.Running;

/// <summary>What an experiment tells whoever watches it.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Training">With <see cref="CellEventKind.Step"/>: what the trainer told.</param>
/// <param name="Message">With a failure or a warning: the message.</param>
public sealed record CellEvent(string Cell, CellEventKind Kind, TrainingEvent? Training = null, string? Message = null);
