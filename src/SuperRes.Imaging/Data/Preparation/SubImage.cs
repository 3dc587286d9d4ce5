namespace SuperRes.Imaging.Data.Preparation;

/// <summary>One sub-image.</summary>
/// <param name="File">Its path below the prepared folder, with forward slashes.</param>
/// <param name="X">Left edge in the (shrunk) source, in pixels.</param>
/// <param name="Y">Upper edge in the (shrunk) source, in pixels.</param>
/// <param name="Sha256">SHA-256 of its file.</param>
internal sealed record SubImage(string File, int X, int Y, string Sha256)
{
    /// <summary>
    /// Whether the path is one that a preparation gives: a plain name in its folder of images. A manifest may come from
    /// anyone, and what it names is read, and deleted when it is left over.
    /// </summary>
    public bool HasOwnPath() =>
        File.StartsWith(SubImageCutter.ImageFolder + "/", StringComparison.Ordinal) && File.EndsWith(".png", StringComparison.Ordinal) &&
        File.AsSpan(SubImageCutter.ImageFolder.Length + 1).IndexOfAny(Path.GetInvalidFileNameChars()) < 0;
}
