using SuperRes.Networks;

namespace SuperRes.ModelFiles.Safetensors;

/// <summary>A file's whole content, its values as float32.</summary>
/// <param name="Header">The checked header.</param>
/// <param name="Tensors">The tensors in the order of the file.</param>
internal sealed record SafetensorsFile(SafetensorsHeader Header, IReadOnlyList<KeyValuePair<string, Tensor>> Tensors);
