namespace SuperRes.Imaging.Data.Checking;

/// <summary>Something that a check found.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="IsProblem">Whether it makes results wrong or the set incomplete; otherwise it is only worth knowing.</param>
/// <param name="Message">What, where and what to do, in one line for a person.</param>
/// <param name="Files">The files that it is about.</param>
public sealed record DatasetFinding(FindingKind Kind, bool IsProblem, string Message, IReadOnlyList<string> Files);
