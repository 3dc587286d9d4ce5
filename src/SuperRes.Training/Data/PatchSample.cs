namespace SuperRes.Training.Data;

/// <summary>Where one training patch comes from and how it is turned. Coordinates are low-resolution pixels.</summary>
/// <param name="Image">Index of the image.</param>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="FlipHorizontal">Mirror left and right, first.</param>
/// <param name="FlipVertical">Mirror top and bottom, second.</param>
/// <param name="Transpose">Swap rows and columns, last; with the flips this gives all eight symmetries of the square.</param>
public readonly record struct PatchSample(int Image, int X, int Y, bool FlipHorizontal, bool FlipVertical, bool Transpose);
