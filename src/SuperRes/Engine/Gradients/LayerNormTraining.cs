using SuperRes.Engine.Memory;
using SuperRes.Engine.Threading;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// Layer normalisation over the channels of each position. With x' the normalised input, g = gamma dy and means over
/// channels: dx = (g - mean(g) - x' mean(g x')) / deviation.
/// </summary>
internal sealed unsafe class LayerNormTraining : TrainingStep, IDisposable
{
    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly LayerNorm _norm;
    private readonly ParameterStore _parameters;
    private readonly NativeBuffer _statistics;
    private readonly PartialSums _gradients;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _backward;

    public LayerNormTraining(BatchMap input, BatchMap output, LayerNorm norm, ParameterStore parameters, TrainingWorkers workers)
    {
        (_input, _output, _norm, _parameters) = (input, output, norm, parameters);
        _statistics = new NativeBuffer(2L * input.Pixels);
        _gradients = new PartialSums(input.Pixels, 2 * input.Channels, workers, AddGradients);
        _forward = workers.Loop((row, _) => ForwardRow(row));
        _backward = workers.Loop((row, _) => BackwardRow(row));
    }

    private int Rows => _input.Count * _input.Height;

    public override void Forward() => _forward.Run(Rows);

    public override void Backward(bool parameters)
    {
        if (parameters)
        {
            var sums = _gradients.Run();
            Elementwise.Add(_parameters.Gradient(_norm.Beta), sums, _input.Channels);
            Elementwise.Add(_parameters.Gradient(_norm.Gamma), sums + _input.Channels, _input.Channels);
        }

        if (InputGradients[0] is not null)
        {
            _backward.Run(Rows);
        }
    }

    public void Dispose()
    {
        _statistics.Dispose();
        _gradients.Dispose();
    }

    /// <summary>A pixel's mean and the reciprocal of its deviation.</summary>
    private float* Statistics(int pixel) => _statistics.Pointer + (2L * pixel);

    private void ForwardRow(int row)
    {
        var channels = _input.Channels;
        var gamma = _parameters.Weight(_norm.Gamma);
        var beta = _parameters.Weight(_norm.Beta);
        for (int pixel = row * _input.Width, end = pixel + _input.Width; pixel < end; pixel++)
        {
            var x = _input.Pointer + ((nint)pixel * channels);
            var y = _output.Pointer + ((nint)pixel * channels);
            var mean = Elementwise.Sum(x, channels) / channels;
            for (var c = 0; c < channels; c++)
            {
                y[c] = x[c] - mean;
            }

            var scale = (float)(1 / Math.Sqrt((Elementwise.Dot(y, y, channels) / channels) + _norm.Epsilon));
            for (var c = 0; c < channels; c++)
            {
                y[c] = (y[c] * scale * gamma[c]) + beta[c];
            }

            (Statistics(pixel)[0], Statistics(pixel)[1]) = (mean, scale);
        }
    }

    private void AddGradients(int first, int end, float* sums)
    {
        var channels = _input.Channels;
        for (var pixel = first; pixel < end; pixel++)
        {
            var x = _input.Pointer + ((nint)pixel * channels);
            var dy = OutputGradient!.Pointer + ((nint)pixel * channels);
            var (mean, scale) = (Statistics(pixel)[0], Statistics(pixel)[1]);
            for (var c = 0; c < channels; c++)
            {
                sums[c] += dy[c];
                sums[channels + c] += dy[c] * (x[c] - mean) * scale;
            }
        }
    }

    private void BackwardRow(int row)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        var channels = _input.Channels;
        var gamma = _parameters.Weight(_norm.Gamma);
        for (int pixel = row * _input.Width, end = pixel + _input.Width; pixel < end; pixel++)
        {
            var start = (nint)pixel * channels;
            var x = _input.Pointer + start;
            var dy = OutputGradient!.Pointer + start;
            var dx = map.Pointer + start;
            var (mean, scale) = (Statistics(pixel)[0], Statistics(pixel)[1]);
            var (sum, product) = (0f, 0f);
            for (var c = 0; c < channels; c++)
            {
                sum += gamma[c] * dy[c];
                product += gamma[c] * dy[c] * (x[c] - mean) * scale;
            }

            for (var c = 0; c < channels; c++)
            {
                var value = scale * ((gamma[c] * dy[c]) - (sum / channels) - ((x[c] - mean) * scale * product / channels));
                dx[c] = accumulate ? dx[c] + value : value;
            }
        }
    }
}
