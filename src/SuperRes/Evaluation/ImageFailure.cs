namespace SuperRes.Evaluation;

/// <summary>An image that a model has no numbers for.</summary>
/// <param name="Name">The image's name without folder or extension.</param>
/// <param name="Error">What went wrong, in one line.</param>
public sealed record ImageFailure(string Name, string Error);
