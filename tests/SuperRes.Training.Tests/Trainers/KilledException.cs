namespace SuperRes.Training.Tests.Trainers;

/// <summary>What <see cref="Killer"/> throws.</summary>
internal sealed class KilledException : Exception;
