using SuperRes.Engine.Steps;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Compilation;

/// <summary>Makes the steps of one vector width.</summary>
internal interface IStepFactory
{
    /// <summary>The step for a convolution, by the kernel that suits its shape.</summary>
    /// <param name="inputs">The map to convolve, and the residual's if there is one.</param>
    /// <param name="statistics">The map that takes sums and maxima of the result's channels; null for none.</param>
    Step Convolution(FoldedConvolution convolution, string name, IReadOnlyList<int> inputs, int output, int? statistics);

    /// <param name="inputs">The map to convolve, and the residual's if there is one.</param>
    Step Tail(CollapsedTail tail, string name, IReadOnlyList<int> inputs, int output);

    /// <summary>Whether the convolution's step can note sums and maxima on the way.</summary>
    bool MakesStatistics(FoldedConvolution convolution);

    Step Pointwise(PointwiseOperation operation, string name, IReadOnlyList<int> inputs, int output);

    Step Add(string name, IReadOnlyList<int> inputs, int output);

    /// <param name="values">C, H, W.</param>
    Step AddParameter(float[] values, IReadOnlyList<int> shape, string name, IReadOnlyList<int> inputs, int output);

    Step Multiply(GateKind gate, string name, IReadOnlyList<int> inputs, int output);

    /// <param name="statistics">Sums and maxima that were noted when the map was made, if there are any.</param>
    Step GlobalPool(PoolKind pool, int map, int? statistics, string name, int output);

    /// <param name="inputs">The map, and the gate of its channels if there is one.</param>
    Step PoolChannels(int channels, string name, IReadOnlyList<int> inputs, int output);

    Step Gate(GateInputs inputs, SpatialWeights? spatial, float factor, string name, int output);

    Step MaxPool(int kernel, string name, IReadOnlyList<int> inputs, int output);

    Step Bicubic(int factor, string name, IReadOnlyList<int> inputs, int output);

    Step LayerNorm(float[] gamma, float[] beta, float epsilon, string name, IReadOnlyList<int> inputs, int output);

    Step SelfAttention(int heads, int channels, string name, IReadOnlyList<int> inputs, int output);
}
