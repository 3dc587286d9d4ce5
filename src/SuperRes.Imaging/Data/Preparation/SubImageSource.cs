namespace SuperRes.Imaging.Data.Preparation;

/// <summary>An image that sub-images were made from.</summary>
/// <param name="File">Its data set's name and its file's: <c>DIV2K_train/0001.png</c>.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
/// <param name="Width">Its width in pixels, after shrinking.</param>
/// <param name="Height">Its height in pixels, after shrinking.</param>
/// <param name="SubImages">What was made from it; nothing when it is smaller than a sub-image.</param>
internal sealed record SubImageSource(string File, string Sha256, int Width, int Height, IReadOnlyList<SubImage> SubImages);
