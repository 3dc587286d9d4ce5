using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>A map times a gate of its shape, of one value per channel, or of one value per pixel.</summary>
internal sealed unsafe class MultiplyTraining : TrainingStep
{
    private readonly BatchMap _input;
    private readonly BatchMap _gate;
    private readonly BatchMap _output;
    private readonly int _pixels;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _backward;

    public MultiplyTraining(BatchMap input, BatchMap gate, BatchMap output, TrainingWorkers workers)
    {
        (_input, _gate, _output, _pixels) = (input, gate, output, input.Height * input.Width);
        _forward = workers.Loop((image, _) => ForwardImage(image));
        _backward = workers.Loop((image, _) => BackwardImage(image));
    }

    private bool IsPerPixel => _gate.Channels == 1;

    public override bool ReadsOutput => false;

    public override bool WorksInPlace => true;

    public override void Forward() => _forward.Run(_output.Count);

    public override void Backward(bool parameters)
    {
        if (InputGradients[0] is not null || InputGradients[1] is not null)
        {
            _backward.Run(_output.Count);
        }
    }

    /// <summary>The gate's place for a pixel.</summary>
    private nint GateOffset(int pixel) => _gate.Height * _gate.Width == 1 ? 0 : (nint)pixel * _gate.Channels;

    private void ForwardImage(int image)
    {
        var gate = _gate.Image(image);
        var place = image * _input.ImageLength;
        for (var pixel = 0; pixel < _pixels; pixel++, place += _input.Channels)
        {
            Gate(_output.Pointer + place, _input.Pointer + place, gate + GateOffset(pixel), accumulate: false);
        }
    }

    /// <summary>
    /// Both gradients of a pixel together, so that its output's gradient is read once. The input's may take the place of
    /// the output's, so the gate's comes first; where a map gates itself, the gate's adds to the input's and comes last.
    /// </summary>
    private void BackwardImage(int image)
    {
        var (inputGradient, gateGradient) = (InputGradients[0], InputGradients[1]);
        var gatesItself = inputGradient is not null && inputGradient.Map == gateGradient?.Map;
        var gate = _gate.Image(image);
        var gateTarget = gateGradient is null ? null : gateGradient.Map.Image(image);
        if (gateGradient is { Accumulate: false })
        {
            new Span<float>(gateTarget, (int)gateGradient.Map.ImageLength).Clear();
        }

        var place = image * _input.ImageLength;
        for (var pixel = 0; pixel < _pixels; pixel++, place += _input.Channels)
        {
            if (gateTarget is not null && !gatesItself)
            {
                AddGateGradient(gateTarget + GateOffset(pixel), _input.Pointer + place, OutputGradient!.Pointer + place);
            }

            if (inputGradient is not null)
            {
                Gate(inputGradient.Map.Pointer + place, OutputGradient!.Pointer + place, gate + GateOffset(pixel), inputGradient.Accumulate);
            }

            if (gatesItself)
            {
                AddGateGradient(gateTarget + GateOffset(pixel), _input.Pointer + place, OutputGradient!.Pointer + place);
            }
        }
    }

    private void Gate(float* target, float* source, float* gate, bool accumulate)
    {
        if (IsPerPixel)
        {
            Elementwise.PutScaled(target, source, *gate, _input.Channels, accumulate);
        }
        else
        {
            Elementwise.PutProduct(target, source, gate, _input.Channels, accumulate);
        }
    }

    private void AddGateGradient(float* target, float* x, float* gradient)
    {
        if (IsPerPixel)
        {
            *target += Elementwise.Dot(x, gradient, _input.Channels);
        }
        else
        {
            Elementwise.PutProduct(target, x, gradient, _input.Channels, accumulate: true);
        }
    }
}
