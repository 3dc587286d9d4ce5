namespace SuperRes.Onnx;

/// <summary>How <see cref="OnnxWriter"/> writes a network.</summary>
/// <param name="DynamicBatch">Whether the input takes any number of images at once; otherwise one.</param>
public sealed record OnnxOptions(bool DynamicBatch = false);
