namespace SuperRes.Imaging.Data.Folders;

/// <summary>A data set's folders, before its images are listed.</summary>
internal sealed record DetectedSet(
    string Name, DatasetLayout Layout, string Root, string HighResolutionPath, IReadOnlyList<LowResolutionFolder> LowResolution);
