namespace SuperRes.ModelFiles.Safetensors;

/// <summary>A checked header: its tensors lie one after the other from the first byte of the data to the last.</summary>
/// <param name="Metadata">Free text by key.</param>
/// <param name="Entries">The tensors in the order of their bytes.</param>
/// <param name="DataLength">Bytes of all tensors together.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<SafetensorsEntry> Entries,
    long DataLength);
