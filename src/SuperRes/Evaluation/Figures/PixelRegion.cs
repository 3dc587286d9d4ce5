namespace SuperRes.Evaluation.Figures;

/// <summary>A rectangle of pixels in an image.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width in pixels, at least 1.</param>
/// <param name="Height">Height in pixels, at least 1.</param>
public sealed record PixelRegion(int X, int Y, int Width, int Height);
