namespace SuperRes.Evaluation.Figures;

/// <summary>An 8-bit sRGB colour.</summary>
internal readonly record struct RgbColor(byte R, byte G, byte B);
