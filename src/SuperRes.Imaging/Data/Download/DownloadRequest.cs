namespace SuperRes.Imaging.Data.Download;

/// <summary>One file to download.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Path">Where it goes. Beside it, <c>.part</c> and <c>.part.json</c> files exist while it is incomplete.</param>
/// <param name="Bytes">Its size, where it is known.</param>
/// <param name="Sha256">Its SHA-256 as hexadecimal digits, where it is known.</param>
internal sealed record DownloadRequest(Uri Address, string Path, long? Bytes = null, string? Sha256 = null);
