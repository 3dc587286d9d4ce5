namespace SuperRes.Imaging.Data.Preparation;

/// <summary>One sub-image.</summary>
/// <param name="File">Its path below the prepared folder, with forward slashes.</param>
/// <param name="X">Left edge in the (shrunk) source, in pixels.</param>
/// <param name="Y">Upper edge in the (shrunk) source, in pixels.</param>
/// <param name="Sha256">SHA-256 of its file.</param>
internal sealed record SubImage(string File, int X, int Y, string Sha256);
