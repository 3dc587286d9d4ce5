using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>All values of a map as channels, in C, H, W order, which is what linear layers learned elsewhere expect.</summary>
internal sealed unsafe class FlattenTraining : TrainingStep
{
    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _backward;

    public FlattenTraining(BatchMap input, BatchMap output, TrainingWorkers workers)
    {
        (_input, _output) = (input, output);
        _forward = workers.Loop((image, _) => Forward(image));
        _backward = workers.Loop((image, _) => Backward(image));
    }

    public override bool ReadsInput(int input) => false;

    public override bool ReadsOutput => false;

    public override void Forward() => _forward.Run(_output.Count);

    public override void Backward(bool parameters)
    {
        if (InputGradients[0] is not null)
        {
            _backward.Run(_output.Count);
        }
    }

    private void Forward(int image)
    {
        var source = _input.Image(image);
        var target = _output.Image(image);
        var pixels = _input.Height * _input.Width;
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            for (var c = 0; c < _input.Channels; c++)
            {
                target[(c * pixels) + pixel] = *source++;
            }
        }
    }

    private void Backward(int image)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        var source = OutputGradient!.Image(image);
        var target = map.Image(image);
        var pixels = _input.Height * _input.Width;
        for (var pixel = 0; pixel < pixels; pixel++)
        {
            for (var c = 0; c < map.Channels; c++, target++)
            {
                var value = source[(c * pixels) + pixel];
                *target = accumulate ? *target + value : value;
            }
        }
    }
}
