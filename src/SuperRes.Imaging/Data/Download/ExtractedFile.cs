namespace SuperRes.Imaging.Data.Download;

/// <summary>A file that came out of an archive.</summary>
/// <param name="Path">Its path below the folder that was unpacked into, with forward slashes.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record ExtractedFile(string Path, long Bytes);
