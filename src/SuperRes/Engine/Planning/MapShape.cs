namespace SuperRes.Engine.Planning;

/// <summary>The size of a map for one input size.</summary>
/// <param name="Channels">C, as the graph says.</param>
/// <param name="PixelStride">Floats per pixel in memory, at least C.</param>
internal readonly record struct MapShape(int Channels, int Height, int Width, int PixelStride);
