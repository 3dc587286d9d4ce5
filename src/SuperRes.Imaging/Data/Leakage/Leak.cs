namespace SuperRes.Imaging.Data.Leakage;

/// <summary>A training image that shows a test image, or a part of it.</summary>
/// <param name="Training">The training image's file.</param>
/// <param name="Test">The test image's file.</param>
/// <param name="Kind">How much of it.</param>
/// <param name="Similarity">Correlation of what both show, without their coarse brightness: 1 for the same pixels, above what two other photos reach.</param>
public sealed record Leak(string Training, string Test, LeakKind Kind, double Similarity);
