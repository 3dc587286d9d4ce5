using SuperRes.Imaging.Data.Batches;

namespace SuperRes.Imaging.Data.Leakage;

/// <summary>Which test images are among the training images.</summary>
/// <param name="TrainingImages">Training images that were looked at; those that can't be read are not counted.</param>
/// <param name="TestImages">Test images that were looked for; likewise.</param>
/// <param name="Leaks">What was found, by test image; of each pair of images the kind that says most.</param>
/// <param name="Vague">Test images with too little in them to be told from others, such as a clear sky; of those only the same pixels are found.</param>
/// <param name="Failures">Files that can't be read.</param>
public sealed record LeakReport(
    int TrainingImages, int TestImages, IReadOnlyList<Leak> Leaks, IReadOnlyList<string> Vague, IReadOnlyList<BatchFailure> Failures);
