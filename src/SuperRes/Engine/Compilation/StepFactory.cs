using SuperRes.Engine.Simd;
using SuperRes.Engine.Steps;

namespace SuperRes.Engine.Compilation;

/// <inheritdoc/>
internal sealed class StepFactory<TSimd> : IStepFactory
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Below this many channels, filling up to a multiple of 16 costs more than Winograd saves.</summary>
    private const int WinogradChannels = 8;

    public Step Convolution(FoldedConvolution convolution, string name, IReadOnlyList<int> inputs, int output) =>
        NarrowStep<TSimd>.Supports(convolution) ? new NarrowStep<TSimd>(convolution) { Name = name, Inputs = inputs, Output = output }
        : SuitsWinograd(convolution) ? new WinogradStep<TSimd>(convolution) { Name = name, Inputs = inputs, Output = output }
        : new DirectStep<TSimd>(convolution) { Name = name, Inputs = inputs, Output = output };

    public Step Add(string name, int x, int y, int output) => new AddStep<TSimd> { Name = name, Inputs = [x, y], Output = output };

    private static bool SuitsWinograd(FoldedConvolution convolution) => convolution is
    {
        KernelHeight: 3, KernelWidth: 3, Stride: 1, Padding: 1, InputChannels: >= WinogradChannels, OutputChannels: >= WinogradChannels,
    };
}
