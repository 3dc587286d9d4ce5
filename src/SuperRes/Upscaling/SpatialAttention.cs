namespace SuperRes.Upscaling;

/// <summary>A weight per pixel of a feature map.</summary>
/// <param name="Width">W: the image's width, or that of an enlarged feature map.</param>
/// <param name="Height">H.</param>
/// <param name="Weights">H x W values in (0, 1), row by row.</param>
public sealed record SpatialAttention(int Width, int Height, ReadOnlyMemory<float> Weights);
