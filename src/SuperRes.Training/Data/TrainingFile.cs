namespace SuperRes.Training.Data;

/// <summary>A training image's files.</summary>
/// <param name="Path">The high-resolution file.</param>
/// <param name="LowResolutionPath">Its published low-resolution version, or null to make it.</param>
/// <param name="Shrink">Factor that the image is reduced by before use.</param>
internal sealed record TrainingFile(string Path, string? LowResolutionPath, double Shrink);
