using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Imaging.Data.Checking;

/// <summary>What was seen of one image and its low-resolution versions; pixels are gone by then.</summary>
/// <param name="Image">The image.</param>
/// <param name="ContentHash">SHA-256 of size, kind and samples.</param>
/// <param name="Thumbnail">What it shows.</param>
/// <param name="Pairs">Its low-resolution versions, one for each folder that has one.</param>
/// <param name="Findings">What is wrong with them.</param>
internal sealed record ImageInspection(
    DatasetImage Image, string ContentHash, Thumbnail Thumbnail, IReadOnlyList<PairInspection> Pairs, IReadOnlyList<DatasetFinding> Findings);

/// <summary>What was seen of one low-resolution image.</summary>
/// <param name="Track">Its folder.</param>
/// <param name="Path">Its file.</param>
/// <param name="ContentHash">SHA-256 of size, kind and samples.</param>
/// <param name="Thumbnail">What it shows.</param>
/// <param name="Report">How it was made; null where its track is not judged or its size does not fit.</param>
internal sealed record PairInspection(LowResolutionFolder Track, string Path, string ContentHash, Thumbnail Thumbnail, PairReport? Report);
