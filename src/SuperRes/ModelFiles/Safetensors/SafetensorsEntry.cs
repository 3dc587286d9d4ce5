namespace SuperRes.ModelFiles.Safetensors;

/// <summary>What the header says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How its values are stored.</param>
/// <param name="Shape">Dimensions, none negative.</param>
/// <param name="Begin">Where its bytes begin, counted from the end of the header.</param>
/// <param name="End">Where they end, exclusive.</param>
internal sealed record SafetensorsEntry(string Name, WeightPrecision Type, IReadOnlyList<int> Shape, long Begin, long End);
