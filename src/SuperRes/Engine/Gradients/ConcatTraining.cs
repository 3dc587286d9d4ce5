using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>The channels of two maps, one behind the other.</summary>
internal sealed unsafe class ConcatTraining : TrainingStep
{
    private readonly BatchMap _first;
    private readonly BatchMap _second;
    private readonly BatchMap _output;
    private readonly int _pixels;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _backward;

    public ConcatTraining(BatchMap first, BatchMap second, BatchMap output, TrainingWorkers workers)
    {
        (_first, _second, _output, _pixels) = (first, second, output, output.Height * output.Width);
        _forward = workers.Loop((image, _) => Forward(image));
        _backward = workers.Loop((image, _) => Backward(image));
    }

    public override bool ReadsInput(int input) => false;

    public override bool ReadsOutput => false;

    public override void Forward() => _forward.Run(_output.Count);

    public override void Backward(bool parameters) => _backward.Run(_output.Count);

    private void Forward(int image)
    {
        var first = _first.Image(image);
        var second = _second.Image(image);
        var target = _output.Image(image);
        for (var pixel = 0; pixel < _pixels; pixel++, first += _first.Channels, second += _second.Channels, target += _output.Channels)
        {
            Elementwise.Put(target, first, _first.Channels, accumulate: false);
            Elementwise.Put(target + _first.Channels, second, _second.Channels, accumulate: false);
        }
    }

    private void Backward(int image)
    {
        Take(InputGradients[0], image, 0);
        Take(InputGradients[1], image, _first.Channels);
    }

    private void Take(GradientTarget? target, int image, int channel)
    {
        if (target is null)
        {
            return;
        }

        var from = OutputGradient!.Image(image) + channel;
        var to = target.Map.Image(image);
        for (var pixel = 0; pixel < _pixels; pixel++, from += _output.Channels, to += target.Map.Channels)
        {
            Elementwise.Put(to, from, target.Map.Channels, target.Accumulate);
        }
    }
}
