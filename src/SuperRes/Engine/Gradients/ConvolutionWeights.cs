namespace SuperRes.Engine.Gradients;

/// <summary>
/// A convolution's parameters and their gradients as the kernels hold them: one matrix [input channels, columns] per tap
/// of the kernel, taps row by row. A column is an output channel, in the order in which a fused pixel shuffle wants them.
/// </summary>
internal unsafe sealed class ConvolutionWeights
{
    public required int Inputs { get; init; }

    public required int Columns { get; init; }

    public required int KernelHeight { get; init; }

    public required int KernelWidth { get; init; }

    public required float* Weight { get; init; }

    public required float* WeightGradient { get; init; }

    /// <summary>
    /// Whether these are the phases of a transposed convolution (see <see cref="ParameterLayout.Phases"/>): all have one bias,
    /// and their gaps stay zero.
    /// </summary>
    public bool IsPhased { get; init; }

    /// <summary>One per column, or per column of a phase; or null.</summary>
    public required float* Bias { get; init; }

    public required float* BiasGradient { get; init; }

    public int Taps => KernelHeight * KernelWidth;
}
