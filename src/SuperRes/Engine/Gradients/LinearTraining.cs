using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// A linear layer over the channels of each position: a 1x1 convolution. Where maps are single pixels, the batch becomes
/// one row, so that it is one matrix product and not one per image.
/// </summary>
internal sealed class LinearTraining<TSimd> : TrainingStep, IDisposable
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly DirectTraining<TSimd> _convolution;
    private readonly bool _oneRow;

    public LinearTraining(BatchMap input, BatchMap output, ConvolutionWeights weights, TrainingWorkers workers)
    {
        _oneRow = input.Height * input.Width == 1;
        _convolution = new DirectTraining<TSimd>(View(input), View(output), weights, slope: null, stride: 1, padding: 0, workers);
    }

    public override long ScratchLength => _convolution.ScratchLength;

    /// <summary>Makes what the backward pass needs, once the plan has set the gradients' maps.</summary>
    public void PrepareBackward(bool parameters)
    {
        _convolution.OutputGradient = View(OutputGradient!);
        _convolution.InputGradients = [InputGradients[0] is { } target ? target with { Map = View(target.Map) } : null];
        _convolution.PrepareBackward(parameters);
    }

    public override bool ReadsOutput => false;

    public override void Forward() => _convolution.Forward();

    public override void Backward(bool parameters) => _convolution.Backward(parameters);

    public void Dispose() => _convolution.Dispose();

    private BatchMap View(BatchMap map) => _oneRow ? map.AsOneRow() : map;
}
