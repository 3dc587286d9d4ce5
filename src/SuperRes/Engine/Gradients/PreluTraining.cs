using System.Numerics;
using SuperRes.Networks;

namespace SuperRes.Engine.Gradients;

/// <summary>Leaky ReLU with a learned slope per channel, whose gradient is the sum of dy x where x is not positive.</summary>
internal sealed unsafe class PreluTraining : TrainingStep, IDisposable
{
    private const int BlockPixels = 256;

    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly Parameter _slope;
    private readonly ParameterStore _parameters;
    private readonly PartialSums _gradients;
    private readonly Threading.ParallelLoop _forward;
    private readonly Threading.ParallelLoop _backward;

    public PreluTraining(BatchMap input, BatchMap output, Parameter slope, ParameterStore parameters, TrainingWorkers workers)
    {
        (_input, _output, _slope, _parameters) = (input, output, slope, parameters);
        _gradients = new PartialSums(input.Pixels, input.Channels, workers, AddGradients);
        _forward = workers.Loop((block, _) => Apply(block, _input, _output, accumulate: false));
        _backward = workers.Loop((block, _) => Apply(block, OutputGradient!, InputGradients[0]!.Map, InputGradients[0]!.Accumulate));
    }

    private int Blocks => (_input.Pixels + BlockPixels - 1) / BlockPixels;

    public override bool ReadsOutput => false;

    public override bool WorksInPlace => true;

    public override void Forward() => _forward.Run(Blocks);

    public override void Backward(bool parameters)
    {
        if (parameters)
        {
            Elementwise.Add(_parameters.Gradient(_slope), _gradients.Run(), _input.Channels);
        }

        if (InputGradients[0] is not null)
        {
            _backward.Run(Blocks);
        }
    }

    public void Dispose() => _gradients.Dispose();

    /// <summary>The source times 1 where the input is positive, times the slope elsewhere: the values and the gradients alike.</summary>
    private void Apply(int block, BatchMap source, BatchMap target, bool accumulate)
    {
        var channels = _input.Channels;
        var slope = _parameters.Weight(_slope);
        for (int pixel = block * BlockPixels, end = Math.Min(_input.Pixels, pixel + BlockPixels); pixel < end; pixel++)
        {
            var start = (nint)pixel * channels;
            var x = _input.Pointer + start;
            var from = source.Pointer + start;
            var to = target.Pointer + start;
            var c = 0;
            for (; c + Vector<float>.Count <= channels; c += Vector<float>.Count)
            {
                var values = Vector.Load(from + c);
                var scaled = Vector.ConditionalSelect(Vector.GreaterThan(Vector.Load(x + c), Vector<float>.Zero), values, values * Vector.Load(slope + c));
                (accumulate ? Vector.Load(to + c) + scaled : scaled).Store(to + c);
            }

            for (; c < channels; c++)
            {
                var scaled = x[c] > 0 ? from[c] : from[c] * slope[c];
                to[c] = accumulate ? to[c] + scaled : scaled;
            }
        }
    }

    private void AddGradients(int first, int end, float* sums)
    {
        var channels = _input.Channels;
        var x = _input.Pointer;
        var dy = OutputGradient!.Pointer;
        var c = 0;
        for (; c + Vector<float>.Count <= channels; c += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (var pixel = first; pixel < end; pixel++)
            {
                var place = ((nint)pixel * channels) + c;
                sum += Vector.Min(Vector.Load(x + place), Vector<float>.Zero) * Vector.Load(dy + place);
            }

            sum.Store(sums + c);
        }

        for (; c < channels; c++)
        {
            for (var pixel = first; pixel < end; pixel++)
            {
                var place = ((nint)pixel * channels) + c;
                sums[c] += MathF.Min(x[place], 0) * dy[place];
            }
        }
    }
}
