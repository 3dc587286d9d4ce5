using System.Numerics;
using System.Runtime.Intrinsics;
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
        _forward = workers.Loop(window switch
        {
            (1, 1, var channels) when channels == input.Channels => (image, _) => OverChannels(image),
            var (height, width, _) when height == input.Height && width == input.Width => (image, _) => OverPositions(image),
            _ => (image, _) => Forward(image, window),
        });
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

    /// <summary>Vectors over the channels; each remembers the pixel of its largest values.</summary>
    private void OverPositions(int image)
    {
        var source = _input.Image(image);
        var target = _output.Image(image);
        var channels = _input.Channels;
        var pixels = _input.Height * _input.Width;
        fixed (int* places = &_places[image * channels])
        {
            var c = 0;
            for (; c + Vector<float>.Count <= channels; c += Vector<float>.Count)
            {
                var largest = Vector.Load(source + c);
                var found = Vector<int>.Zero;
                for (var pixel = 1; pixel < pixels; pixel++)
                {
                    var value = Vector.Load(source + ((nint)pixel * channels) + c);
                    var better = IsLarger(value, largest);
                    largest = Vector.ConditionalSelect(better, value, largest);
                    found = Vector.ConditionalSelect(better, new Vector<int>(pixel), found);
                }

                largest.Store(target + c);
                ((found * channels) + Vector.CreateSequence(c, 1)).Store(places + c);
            }

            for (; c < channels; c++)
            {
                (target[c], places[c]) = Largest(source, c, channels, pixels);
            }
        }
    }

    private void OverChannels(int image)
    {
        var target = _output.Image(image);
        var channels = _input.Channels;
        for (var pixel = 0; pixel < _output.ImageLength; pixel++)
        {
            var start = pixel * channels;
            var (value, place) = Largest(_input.Image(image) + start, channels);
            target[pixel] = value;
            _places[(image * _output.ImageLength) + pixel] = start + place;
        }
    }

    /// <summary>The largest of values one after another, and the first place that has it.</summary>
    private static (float Value, int Place) Largest(float* values, int count)
    {
        if (count % Vector256<float>.Count != 0)
        {
            return Largest(values, 0, 1, count);
        }

        var largest = Vector256.Load(values);
        for (var c = Vector256<float>.Count; c < count; c += Vector256<float>.Count)
        {
            largest = Vector256.Max(largest, Vector256.Load(values + c));
        }

        var four = Vector128.Max(largest.GetLower(), largest.GetUpper());
        var two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        var best = Vector128.Max(two, Vector128.Shuffle(two, Vector128.Create(1, 0, 3, 2)));
        for (var c = 0; c < count; c += Vector256<float>.Count)
        {
            var equal = Vector256.Equals(Vector256.Load(values + c), Vector256.Create(best, best)).ExtractMostSignificantBits();
            if (equal != 0)
            {
                return (best.ToScalar(), c + BitOperations.TrailingZeroCount(equal));
            }
        }

        // Only NaN equals nothing.
        return Largest(values, 0, 1, count);
    }

    /// <summary>The largest of values a stride apart, and its place.</summary>
    private static (float Value, int Place) Largest(float* values, int start, int stride, int count)
    {
        var (best, place) = (values[start], start);
        for (var i = 1; i < count; i++)
        {
            var next = start + (i * stride);
            (best, place) = values[next] > best || float.IsNaN(values[next]) ? (values[next], next) : (best, place);
        }

        return (best, place);
    }

    /// <summary>NaN is passed on, so that a broken network is noticed.</summary>
    private static Vector<int> IsLarger(Vector<float> value, Vector<float> than) => Vector.GreaterThan(value, than) | ~Vector.Equals(value, value);

    private void Forward(int image, (int Height, int Width, int Channels) window)
    {
        var source = _input.Image(image);
        var target = _output.Image(image);
        var places = _places.AsSpan((int)(image * _output.ImageLength), (int)_output.ImageLength);
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
                    Compare(source, start + (dy * (int)_input.RowLength), window.Width, values, found);
                }
            }
        }
    }

    /// <summary>Takes what is larger in a row of a window.</summary>
    private void Compare(float* source, int start, int width, float* values, Span<int> found)
    {
        var place = start;
        for (var dx = 0; dx < width; dx++)
        {
            for (var c = 0; c < _input.Channels; c++, place++)
            {
                if (source[place] > values[c] || float.IsNaN(source[place]))
                {
                    (values[c], found[c]) = (source[place], place);
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
