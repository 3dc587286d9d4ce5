using SuperRes.Engine.Steps;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Compilation;

/// <summary>Makes the steps of one vector width.</summary>
internal interface IStepFactory
{
    /// <summary>The step for a convolution, by the kernel that suits its shape.</summary>
    /// <param name="inputs">The map to convolve, and the residual's if there is one.</param>
    Step Convolution(FoldedConvolution convolution, string name, IReadOnlyList<int> inputs, int output);

    Step Pointwise(PointwiseOperation operation, string name, IReadOnlyList<int> inputs, int output);

    Step Add(string name, IReadOnlyList<int> inputs, int output);

    /// <param name="values">C, H, W.</param>
    Step AddParameter(float[] values, IReadOnlyList<int> shape, string name, IReadOnlyList<int> inputs, int output);

    Step Multiply(GateKind gate, string name, IReadOnlyList<int> inputs, int output);

    Step GlobalPool(PoolKind pool, string name, IReadOnlyList<int> inputs, int output);

    Step MaxPool(int kernel, string name, IReadOnlyList<int> inputs, int output);

    Step Bicubic(int factor, string name, IReadOnlyList<int> inputs, int output);

    Step LayerNorm(float[] gamma, float[] beta, float epsilon, string name, IReadOnlyList<int> inputs, int output);

    Step SelfAttention(int heads, int channels, string name, IReadOnlyList<int> inputs, int output);
}
