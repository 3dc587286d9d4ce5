using SuperRes.Imaging.Data.Batches;

namespace SuperRes.Imaging.Data.Degrading;

/// <summary>What a degradation made.</summary>
/// <param name="Images">The low-resolution images, in the order of the originals.</param>
/// <param name="Failures">Originals that none could be made of.</param>
/// <param name="Notes">What could not be kept as it was, by file.</param>
public sealed record DegradeResult(IReadOnlyList<DegradedImage> Images, IReadOnlyList<BatchFailure> Failures, IReadOnlyList<string> Notes);
