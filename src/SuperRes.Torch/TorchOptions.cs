namespace SuperRes.Torch;

/// <summary>How libtorch computes.</summary>
/// <param name="TensorFloat32">
/// Let CUDA's matrix units round factors to 10 bits of mantissa (TF32): several times faster on Ampere and newer, as PyTorch does for convolutions. For the whole process: the network made last decides.
/// </param>
/// <param name="Bfloat16">
/// Compute convolutions, linear layers and attention in bfloat16, with weights, sums, norms and the optimiser in float32,
/// as mixed-precision training does.
/// </param>
/// <param name="Threads">Threads on the processor, for the whole process; 0 leaves them as they are.</param>
public sealed record TorchOptions(bool TensorFloat32 = true, bool Bfloat16 = false, int Threads = 0);
