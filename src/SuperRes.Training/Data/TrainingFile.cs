using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Training.Data;

/// <summary>A training image's files.</summary>
/// <param name="Path">The high-resolution file.</param>
/// <param name="LowResolution">Its published low-resolution version, or null to make it.</param>
/// <param name="Shrink">Factor that the image is reduced by before use.</param>
internal sealed record TrainingFile(string Path, PairedImage? LowResolution, double Shrink);
