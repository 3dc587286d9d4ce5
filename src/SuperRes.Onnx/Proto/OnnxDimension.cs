namespace SuperRes.Onnx.Proto;

/// <summary>One dimension of an input or output: a size, or only a name where any size will do.</summary>
internal readonly record struct OnnxDimension(string Name, int? Size);
