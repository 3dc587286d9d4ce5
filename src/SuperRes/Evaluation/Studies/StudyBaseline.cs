namespace SuperRes.Evaluation.Studies;

/// <summary>A method without training on the same sets.</summary>
/// <param name="Method">Its name after <c>-m</c>: "bicubic".</param>
/// <param name="Scale">The scale.</param>
/// <param name="Sets">Its numbers.</param>
public sealed record StudyBaseline(string Method, int Scale, IReadOnlyList<StudySet> Sets);
