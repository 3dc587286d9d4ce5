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
    private readonly ParallelLoop _gateGradient;

    public MultiplyTraining(BatchMap input, BatchMap gate, BatchMap output, TrainingWorkers workers)
    {
        (_input, _gate, _output, _pixels) = (input, gate, output, input.Height * input.Width);
        _forward = workers.Loop((image, _) => Gate(image, _input, _output, accumulate: false));
        _backward = workers.Loop((image, _) => Gate(image, OutputGradient!, InputGradients[0]!.Map, InputGradients[0]!.Accumulate));
        _gateGradient = workers.Loop((image, _) => GateGradient(image));
    }

    private bool IsPerPixel => _gate.Channels == 1;

    public override void Forward() => _forward.Run(_output.Count);

    public override void Backward(bool parameters)
    {
        if (InputGradients[0] is not null)
        {
            _backward.Run(_output.Count);
        }

        if (InputGradients[1] is not null)
        {
            _gateGradient.Run(_output.Count);
        }
    }

    /// <summary>The gate's place for a pixel.</summary>
    private nint GateOffset(int pixel) => _gate.Height * _gate.Width == 1 ? 0 : (nint)pixel * _gate.Channels;

    private void Gate(int image, BatchMap source, BatchMap target, bool accumulate)
    {
        var channels = _input.Channels;
        var gate = _gate.Image(image);
        var from = source.Image(image);
        var to = target.Image(image);
        for (var pixel = 0; pixel < _pixels; pixel++, from += channels, to += channels)
        {
            if (IsPerPixel)
            {
                Elementwise.PutScaled(to, from, gate[GateOffset(pixel)], channels, accumulate);
            }
            else
            {
                Elementwise.PutProduct(to, from, gate + GateOffset(pixel), channels, accumulate);
            }
        }
    }

    private void GateGradient(int image)
    {
        var (map, accumulate, _) = InputGradients[1]!;
        var channels = _input.Channels;
        var target = map.Image(image);
        var x = _input.Image(image);
        var dy = OutputGradient!.Image(image);
        if (!accumulate)
        {
            new Span<float>(target, (int)map.ImageLength).Clear();
        }

        for (var pixel = 0; pixel < _pixels; pixel++, x += channels, dy += channels)
        {
            if (IsPerPixel)
            {
                target[GateOffset(pixel)] += Elementwise.Dot(x, dy, channels);
            }
            else
            {
                Elementwise.PutProduct(target + GateOffset(pixel), x, dy, channels, accumulate: true);
            }
        }
    }
}
