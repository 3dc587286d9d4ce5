using System.Numerics;
using SuperRes.Engine.Memory;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// Batch normalisation by the batch's own statistics (Ioffe and Szegedy 2015, arXiv:1502.03167). With x' the normalised
/// input and means over N, H, W: dx = gamma / deviation * (dy - mean(dy) - x' mean(dy x')).
/// </summary>
internal sealed unsafe class BatchNormTraining : TrainingStep, IDisposable
{
    private const int BlockPixels = 256;

    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly BatchNorm _norm;
    private readonly ParameterStore _parameters;
    private readonly NativeBuffer _mean;
    private readonly NativeBuffer _scale;
    private readonly NativeBuffer _first;
    private readonly NativeBuffer _second;
    private readonly PartialSums _sum;
    private readonly PartialSums _squares;
    private readonly PartialSums _gradients;
    private readonly Threading.ParallelLoop _normalise;
    private readonly Threading.ParallelLoop _backward;

    public BatchNormTraining(BatchMap input, BatchMap output, BatchNorm norm, ParameterStore parameters, TrainingWorkers workers)
    {
        (_input, _output, _norm, _parameters) = (input, output, norm, parameters);
        if (input.Pixels < 2)
        {
            throw new Networks.GraphException($"'{norm.Gamma.Name}': batch statistics need at least 2 values per channel, got {input.Pixels}; use a larger batch.");
        }

        var channels = input.Channels;
        (_mean, _scale, _first, _second) = (new NativeBuffer(channels), new NativeBuffer(channels), new NativeBuffer(channels), new NativeBuffer(channels));
        _sum = new PartialSums(input.Pixels, channels, workers, (first, end, sums) => Elementwise.AddRows(_input.Pointer + ((nint)first * channels), channels, end - first, sums, channels));
        _squares = new PartialSums(input.Pixels, channels, workers, AddSquares);
        _gradients = new PartialSums(input.Pixels, 2 * channels, workers, AddGradients);
        _normalise = workers.Loop((block, _) => Normalise(block));
        _backward = workers.Loop((block, _) => Backward(block));
    }

    private int Blocks => (_input.Pixels + BlockPixels - 1) / BlockPixels;

    public override bool ReadsOutput => false;

    public override bool WorksInPlace => true;

    public override void Forward()
    {
        Measure();
        var gamma = _parameters.Weight(_norm.Gamma);
        var beta = _parameters.Weight(_norm.Beta);
        for (var c = 0; c < _input.Channels; c++)
        {
            _first.Pointer[c] = gamma[c] * _scale.Pointer[c];
            _second.Pointer[c] = beta[c];
        }

        _normalise.Run(Blocks);
    }

    public override void Backward(bool parameters)
    {
        var (channels, pixels) = (_input.Channels, _input.Pixels);
        var sums = _gradients.Run();
        if (parameters)
        {
            Elementwise.Add(_parameters.Gradient(_norm.Beta), sums, channels);
            Elementwise.Add(_parameters.Gradient(_norm.Gamma), sums + channels, channels);
        }

        if (InputGradients[0] is null)
        {
            return;
        }

        // dx = factor * (dy - first - (x - mean) * second)
        for (var c = 0; c < channels; c++)
        {
            _first.Pointer[c] = sums[c] / pixels;
            _second.Pointer[c] = sums[channels + c] / pixels * _scale.Pointer[c];
        }

        _backward.Run(Blocks);
    }

    public void Dispose()
    {
        foreach (var owned in new IDisposable[] { _mean, _scale, _first, _second, _sum, _squares, _gradients })
        {
            owned.Dispose();
        }
    }

    /// <summary>The batch's statistics; the running ones move towards them.</summary>
    private void Measure()
    {
        var pixels = (double)_input.Pixels;
        var runningMean = _parameters.Weight(_norm.RunningMean);
        var runningVariance = _parameters.Weight(_norm.RunningVariance);
        var sums = _sum.Run();
        for (var c = 0; c < _input.Channels; c++)
        {
            _mean.Pointer[c] = (float)(sums[c] / pixels);
        }

        // Squares of differences: the difference of squares would lose the digits that a large mean takes.
        var squares = _squares.Run();
        for (var c = 0; c < _input.Channels; c++)
        {
            _scale.Pointer[c] = (float)(1 / Math.Sqrt((squares[c] / pixels) + _norm.Epsilon));
            runningMean[c] += _norm.Momentum * (_mean.Pointer[c] - runningMean[c]);
            runningVariance[c] += _norm.Momentum * ((float)(squares[c] / (pixels - 1)) - runningVariance[c]);
        }
    }

    private void AddSquares(int first, int end, float* sums)
    {
        var channels = _input.Channels;
        var mean = _mean.Pointer;
        var c = 0;
        for (; c + Vector<float>.Count <= channels; c += Vector<float>.Count)
        {
            var (sum, center) = (Vector<float>.Zero, Vector.Load(mean + c));
            for (var pixel = first; pixel < end; pixel++)
            {
                var difference = Vector.Load(_input.Pointer + ((nint)pixel * channels) + c) - center;
                sum += difference * difference;
            }

            sum.Store(sums + c);
        }

        for (; c < channels; c++)
        {
            for (var pixel = first; pixel < end; pixel++)
            {
                var difference = _input.Pointer[((nint)pixel * channels) + c] - mean[c];
                sums[c] += difference * difference;
            }
        }
    }

    /// <summary>The sums of dy, which are beta's gradients, and behind them those of dy x', which are gamma's.</summary>
    private void AddGradients(int first, int end, float* sums)
    {
        var channels = _input.Channels;
        var mean = _mean.Pointer;
        var scale = _scale.Pointer;
        var gradient = OutputGradient!.Pointer;
        var c = 0;
        for (; c + Vector<float>.Count <= channels; c += Vector<float>.Count)
        {
            var (sum, product, center) = (Vector<float>.Zero, Vector<float>.Zero, Vector.Load(mean + c));
            for (var pixel = first; pixel < end; pixel++)
            {
                var place = ((nint)pixel * channels) + c;
                var dy = Vector.Load(gradient + place);
                sum += dy;
                product += dy * (Vector.Load(_input.Pointer + place) - center);
            }

            sum.Store(sums + c);
            (product * Vector.Load(scale + c)).Store(sums + channels + c);
        }

        for (; c < channels; c++)
        {
            for (var pixel = first; pixel < end; pixel++)
            {
                var place = ((nint)pixel * channels) + c;
                sums[c] += gradient[place];
                sums[channels + c] += gradient[place] * (_input.Pointer[place] - mean[c]) * scale[c];
            }
        }
    }

    private void Normalise(int block)
    {
        var channels = _input.Channels;
        var mean = _mean.Pointer;
        var factor = _first.Pointer;
        var beta = _second.Pointer;
        for (int pixel = block * BlockPixels, end = Math.Min(_input.Pixels, pixel + BlockPixels); pixel < end; pixel++)
        {
            var x = _input.Pointer + ((nint)pixel * channels);
            var y = _output.Pointer + ((nint)pixel * channels);
            var c = 0;
            for (; c + Vector<float>.Count <= channels; c += Vector<float>.Count)
            {
                (((Vector.Load(x + c) - Vector.Load(mean + c)) * Vector.Load(factor + c)) + Vector.Load(beta + c)).Store(y + c);
            }

            for (; c < channels; c++)
            {
                y[c] = ((x[c] - mean[c]) * factor[c]) + beta[c];
            }
        }
    }

    private void Backward(int block)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        var channels = _input.Channels;
        var mean = _mean.Pointer;
        var scale = _scale.Pointer;
        var gamma = _parameters.Weight(_norm.Gamma);
        var first = _first.Pointer;
        var second = _second.Pointer;
        for (int pixel = block * BlockPixels, end = Math.Min(_input.Pixels, pixel + BlockPixels); pixel < end; pixel++)
        {
            var start = (nint)pixel * channels;
            var x = _input.Pointer + start;
            var dy = OutputGradient!.Pointer + start;
            var dx = map.Pointer + start;
            var c = 0;
            for (; c + Vector<float>.Count <= channels; c += Vector<float>.Count)
            {
                var rest = Vector.Load(dy + c) - Vector.Load(first + c) - ((Vector.Load(x + c) - Vector.Load(mean + c)) * Vector.Load(second + c));
                var value = rest * Vector.Load(gamma + c) * Vector.Load(scale + c);
                (accumulate ? Vector.Load(dx + c) + value : value).Store(dx + c);
            }

            for (; c < channels; c++)
            {
                var value = (dy[c] - first[c] - ((x[c] - mean[c]) * second[c])) * gamma[c] * scale[c];
                dx[c] = accumulate ? dx[c] + value : value;
            }
        }
    }
}
