using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>The mean over all positions of each channel, or over all channels of each position.</summary>
internal sealed unsafe class AveragePoolTraining : TrainingStep
{
    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly int _pixels;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _backward;

    /// <param name="overChannels">Whether positions stay and channels are averaged.</param>
    public AveragePoolTraining(BatchMap input, BatchMap output, bool overChannels, TrainingWorkers workers)
    {
        (_input, _output, _pixels) = (input, output, input.Height * input.Width);
        _forward = workers.Loop(overChannels ? (image, _) => ChannelMeans(image) : (image, _) => PositionMeans(image));
        _backward = workers.Loop(overChannels ? (image, _) => SpreadOverChannels(image) : (image, _) => SpreadOverPositions(image));
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

    private void PositionMeans(int image)
    {
        var target = _output.Image(image);
        new Span<float>(target, _output.Channels).Clear();
        Elementwise.AddRows(_input.Image(image), _input.Channels, _pixels, target, _input.Channels);
        for (var c = 0; c < _output.Channels; c++)
        {
            target[c] /= _pixels;
        }
    }

    private void ChannelMeans(int image)
    {
        var source = _input.Image(image);
        var target = _output.Image(image);
        for (var pixel = 0; pixel < _pixels; pixel++, source += _input.Channels)
        {
            target[pixel] = Elementwise.Sum(source, _input.Channels) / _input.Channels;
        }
    }

    private void SpreadOverPositions(int image)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        var source = OutputGradient!.Image(image);
        var target = map.Image(image);
        for (var pixel = 0; pixel < _pixels; pixel++, target += map.Channels)
        {
            Elementwise.PutScaled(target, source, 1f / _pixels, map.Channels, accumulate);
        }
    }

    private void SpreadOverChannels(int image)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        var source = OutputGradient!.Image(image);
        var target = map.Image(image);
        for (var pixel = 0; pixel < _pixels; pixel++)
        {
            Elementwise.PutValue(target, source[pixel] / map.Channels, map.Channels, accumulate);
            target += map.Channels;
        }
    }
}
