namespace SuperRes.Imaging.Data.Download;

/// <summary>What a fetch did.</summary>
/// <param name="Folder">Where the archive's images are.</param>
/// <param name="Files">How many files the archive holds.</param>
/// <param name="WasThere">Nothing had to be done: everything was in place.</param>
public sealed record FetchResult(string Folder, int Files, bool WasThere);
