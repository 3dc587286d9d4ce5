using SuperRes.Imaging.Data.Batches;

namespace SuperRes.Imaging.Data.Preparation;

/// <summary>What a preparation did.</summary>
/// <param name="Folder">The prepared folder; the sub-images are in its <c>HR/</c>, so that it is a data set itself.</param>
/// <param name="Sources">Images that sub-images were made from.</param>
/// <param name="Unchanged">How many of them had been done before.</param>
/// <param name="SubImages">Sub-images in all.</param>
/// <param name="TooSmall">Images, by file, that are smaller than a sub-image.</param>
/// <param name="Failures">Images that could not be read, or whose sub-images could not be written.</param>
/// <param name="Notes">What could not be kept as it was, by file.</param>
public sealed record PreparationResult(
    string Folder,
    int Sources,
    int Unchanged,
    int SubImages,
    IReadOnlyList<string> TooSmall,
    IReadOnlyList<BatchFailure> Failures,
    IReadOnlyList<string> Notes);
