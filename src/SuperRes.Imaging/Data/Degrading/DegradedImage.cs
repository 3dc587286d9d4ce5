namespace SuperRes.Imaging.Data.Degrading;

/// <summary>A low-resolution image that was made.</summary>
/// <param name="Input">The original's file.</param>
/// <param name="Output">Its own file.</param>
/// <param name="Scale">How many times smaller it is.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
public sealed record DegradedImage(string Input, string Output, int Scale, int Width, int Height);
