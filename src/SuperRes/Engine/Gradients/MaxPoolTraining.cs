using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// The largest of a group of values: a channel's positions, a position's channels, or a window. The first of equal
/// values, in row-major order, gets the gradient.
/// </summary>
internal sealed unsafe class MaxPoolTraining : TrainingStep
{
    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly int[] _places;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _backward;

    /// <param name="window">Height, width and channels of a group; groups lie side by side.</param>
    public MaxPoolTraining(BatchMap input, BatchMap output, (int Height, int Width, int Channels) window, TrainingWorkers workers)
    {
        (_input, _output, _places) = (input, output, new int[output.Length]);
        _forward = workers.Loop((image, _) => Forward(image, window));
        _backward = workers.Loop((image, _) => Backward(image));
    }

    public override void Forward() => _forward.Run(_output.Count);

    public override void Backward(bool parameters)
    {
        if (InputGradients[0] is not null)
        {
            _backward.Run(_output.Count);
        }
    }

    private void Forward(int image, (int Height, int Width, int Channels) window)
    {
        var source = _input.Image(image);
        var target = _output.Image(image);
        var places = _places.AsSpan((int)(image * _output.ImageLength), (int)_output.ImageLength);
        var stride = window.Channels == 1 ? 1 : 0;
        for (var y = 0; y < _output.Height; y++)
        {
            for (var x = 0; x < _output.Width; x++)
            {
                var start = ((((y * window.Height) * _input.Width) + (x * window.Width)) * _input.Channels);
                var first = ((y * _output.Width) + x) * _output.Channels;
                var values = target + first;
                var found = places.Slice(first, _output.Channels);
                for (var c = 0; c < _output.Channels; c++)
                {
                    (values[c], found[c]) = (source[start + c], start + c);
                }

                for (var dy = 0; dy < window.Height; dy++)
                {
                    Compare(source, start + (dy * (int)_input.RowLength), window.Width, stride, values, found);
                }
            }
        }
    }

    /// <summary>Takes what is larger in a row of a window: pixel by pixel, or channel by channel where those are one group.</summary>
    private void Compare(float* source, int start, int width, int stride, float* values, Span<int> found)
    {
        var place = start;
        for (var dx = 0; dx < width; dx++)
        {
            for (var c = 0; c < _input.Channels; c++, place++)
            {
                var group = c * stride;

                // NaN is passed on, so that a broken network is noticed.
                if (source[place] > values[group] || float.IsNaN(source[place]))
                {
                    (values[group], found[group]) = (source[place], place);
                }
            }
        }
    }

    private void Backward(int image)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        var source = OutputGradient!.Image(image);
        var target = map.Image(image);
        if (!accumulate)
        {
            new Span<float>(target, (int)map.ImageLength).Clear();
        }

        var first = (int)(image * _output.ImageLength);
        for (var i = 0; i < _output.ImageLength; i++)
        {
            target[_places[first + i]] += source[i];
        }
    }
}
