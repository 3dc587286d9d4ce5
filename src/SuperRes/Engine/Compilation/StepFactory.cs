using SuperRes.Engine.Simd;
using SuperRes.Engine.Steps;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Compilation;

/// <inheritdoc/>
internal sealed class StepFactory<TSimd> : IStepFactory
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Below this many channels, filling up to a multiple of 16 costs more than Winograd saves.</summary>
    private const int WinogradChannels = 8;

    public Step Convolution(FoldedConvolution convolution, string name, IReadOnlyList<int> inputs, int output, int? statistics) =>
        NarrowStep<TSimd>.Supports(convolution) ? new NarrowStep<TSimd>(convolution) { Name = name, Inputs = inputs, Output = output }
        : SuitsWinograd(convolution) ? new WinogradStep<TSimd>(convolution) { Name = name, Inputs = inputs, Output = output, Extras = statistics is { } map ? [map] : [] }
        : new DirectStep<TSimd>(convolution) { Name = name, Inputs = inputs, Output = output };

    public Step Tail(CollapsedTail tail, string name, IReadOnlyList<int> inputs, int output) =>
        new CollapsedTailStep<TSimd>(tail) { Name = name, Inputs = inputs, Output = output };

    public bool MakesStatistics(FoldedConvolution convolution) => SuitsWinograd(convolution) && convolution.Shuffle == 1;

    public Step Pointwise(PointwiseOperation operation, string name, IReadOnlyList<int> inputs, int output) =>
        new PointwiseStep<TSimd>(operation) { Name = name, Inputs = inputs, Output = output };

    public Step Add(string name, IReadOnlyList<int> inputs, int output) =>
        new AddStep<TSimd> { Name = name, Inputs = inputs, Output = output };

    public Step AddParameter(float[] values, IReadOnlyList<int> shape, string name, IReadOnlyList<int> inputs, int output) =>
        new AddParameterStep<TSimd>(values, shape[0], shape[1], shape[2]) { Name = name, Inputs = inputs, Output = output };

    public Step Multiply(GateKind gate, string name, IReadOnlyList<int> inputs, int output) =>
        new MultiplyStep<TSimd> { Gate = gate, Name = name, Inputs = inputs, Output = output };

    public Step GlobalPool(PoolKind pool, int map, int? statistics, string name, int output) => statistics is { } noted
        ? new StatisticsPoolStep<TSimd>(pool) { Pooled = map, Name = name, Inputs = [noted], Output = output }
        : new GlobalPoolStep<TSimd>(pool) { Name = name, Inputs = [map], Output = output };

    public Step PoolChannels(int channels, string name, IReadOnlyList<int> inputs, int output) =>
        new PoolChannelsStep<TSimd>(channels, Packing.PixelStride(channels)) { Name = name, Inputs = inputs, Output = output };

    public Step Gate(GateInputs inputs, SpatialWeights? spatial, float factor, string name, int output) =>
        new GateStep<TSimd>(inputs, spatial, factor) { Name = name, Inputs = inputs.All, Output = output };

    public Step MaxPool(int kernel, string name, IReadOnlyList<int> inputs, int output) =>
        new MaxPoolStep<TSimd>(kernel) { Name = name, Inputs = inputs, Output = output };

    public Step Bicubic(int factor, string name, IReadOnlyList<int> inputs, int output) =>
        new BicubicStep<TSimd>(factor) { Name = name, Inputs = inputs, Output = output };

    public Step LayerNorm(float[] gamma, float[] beta, float epsilon, string name, IReadOnlyList<int> inputs, int output) =>
        new LayerNormStep<TSimd>(gamma, beta, epsilon) { Name = name, Inputs = inputs, Output = output };

    public Step SelfAttention(int heads, int channels, string name, IReadOnlyList<int> inputs, int output) =>
        new SelfAttentionStep<TSimd>(heads, channels) { Name = name, Inputs = inputs, Output = output };

    private static bool SuitsWinograd(FoldedConvolution convolution) => convolution is
    {
        KernelHeight: 3, KernelWidth: 3, Stride: 1, Padding: 1, InputChannels: >= WinogradChannels, OutputChannels: >= WinogradChannels,
    };
}
