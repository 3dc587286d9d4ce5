namespace SuperRes.ModelFiles;

/// <summary>What blended weights were made of.</summary>
/// <param name="First">Name of the first model, of which the rest comes.</param>
/// <param name="Second">Name of the second model.</param>
/// <param name="Share">The second model's share, 0 to 1.</param>
public sealed record ModelBlend(string First, string Second, double Share);
