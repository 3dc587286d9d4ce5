namespace SuperRes.Engine.Gradients;

/// <summary>Sub-pixel rearrangement, where it could not be fused: channel c r² + dy r + dx to pixel (r y + dy, r x + dx).</summary>
internal sealed unsafe class PixelShuffleTraining : TrainingStep
{
    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly int _factor;
    private readonly Threading.ParallelLoop _forward;
    private readonly Threading.ParallelLoop _backward;

    public PixelShuffleTraining(BatchMap input, BatchMap output, int factor, TrainingWorkers workers)
    {
        (_input, _output, _factor) = (input, output, factor);
        _forward = workers.Loop((image, _) => ForwardImage(image));
        _backward = workers.Loop((image, _) => BackwardImage(image));
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

    private void ForwardImage(int image)
    {
        for (var y = 0; y < _output.Height; y++)
        {
            var target = _output.Image(image) + (y * _output.RowLength);
            var source = Row(_input, image, y);
            for (var x = 0; x < _input.Width; x++, source += _input.Channels)
            {
                if (_output.Channels == 3)
                {
                    Interleave(source, target);
                    target += 3 * _factor;
                    continue;
                }

                for (var dx = 0; dx < _factor; dx++)
                {
                    for (var c = 0; c < _output.Channels; c++)
                    {
                        *target++ = source[(c * _factor * _factor) + dx];
                    }
                }
            }
        }
    }

    private void BackwardImage(int image)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        for (var y = 0; y < _output.Height; y++)
        {
            var gradient = OutputGradient!.Image(image) + (y * _output.RowLength);
            var target = Row(map, image, y);
            for (var x = 0; x < _input.Width; x++, target += map.Channels)
            {
                if (_output.Channels == 3 && !accumulate)
                {
                    Separate(gradient, target);
                    gradient += 3 * _factor;
                    continue;
                }

                for (var dx = 0; dx < _factor; dx++)
                {
                    for (var c = 0; c < _output.Channels; c++, gradient++)
                    {
                        var place = target + (c * _factor * _factor) + dx;
                        *place = accumulate ? *place + *gradient : *gradient;
                    }
                }
            }
        }
    }

    /// <summary>The pixels of one row that a pixel becomes, in RGB: the usual end of a network.</summary>
    private void Interleave(float* source, float* target)
    {
        var green = source + (_factor * _factor);
        var blue = green + (_factor * _factor);
        for (var dx = 0; dx < _factor; dx++, target += 3)
        {
            (target[0], target[1], target[2]) = (source[dx], green[dx], blue[dx]);
        }
    }

    /// <summary>The other way.</summary>
    private void Separate(float* source, float* target)
    {
        var green = target + (_factor * _factor);
        var blue = green + (_factor * _factor);
        for (var dx = 0; dx < _factor; dx++, source += 3)
        {
            (target[dx], green[dx], blue[dx]) = (source[0], source[1], source[2]);
        }
    }

    /// <summary>The value that becomes channel 0 of the first pixel of a row of the result.</summary>
    private float* Row(BatchMap map, int image, int y)
    {
        var (row, dy) = Math.DivRem(y, _factor);
        return map.Image(image) + (row * map.RowLength) + (dy * _factor);
    }
}
