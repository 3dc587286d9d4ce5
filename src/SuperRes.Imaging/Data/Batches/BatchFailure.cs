namespace SuperRes.Imaging.Data.Batches;

/// <summary>A file that could not be processed while the others were.</summary>
/// <param name="Path">The file.</param>
/// <param name="Message">Why, in one line for a person.</param>
public sealed record BatchFailure(string Path, string Message);
