using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// Bicubic upsampling by an integer (Keys 1981, a = -0.5, edges repeated): each pixel of the result weighs 4 x 4 pixels,
/// and its gradient goes back to them with the same weights. Images have few channels and this stands at a network's ends.
/// </summary>
internal sealed unsafe class BicubicTraining : TrainingStep
{
    private const int Taps = 4;

    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly int _factor;
    private readonly float[] _weights;
    private readonly int[] _starts;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _backward;

    public BicubicTraining(BatchMap input, BatchMap output, int factor, TrainingWorkers workers)
    {
        (_input, _output, _factor) = (input, output, factor);
        (_weights, _starts) = (new float[factor * Taps], new int[factor]);
        for (var phase = 0; phase < factor; phase++)
        {
            var center = ((phase + 0.5) / factor) - 0.5;
            _starts[phase] = (int)Math.Floor(center) - 1;
            for (var tap = 0; tap < Taps; tap++)
            {
                _weights[(phase * Taps) + tap] = (float)Cubic(center - (_starts[phase] + tap));
            }
        }

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

    private static double Cubic(double distance)
    {
        const double A = -0.5;
        var d = Math.Abs(distance);
        return d switch
        {
            <= 1 => ((((A + 2) * d) - (A + 3)) * d * d) + 1,
            < 2 => ((((((A * d) - (5 * A)) * d) + (8 * A)) * d) - (4 * A)),
            _ => 0,
        };
    }

    private void Forward(int image)
    {
        var channels = _output.Channels;
        var target = _output.Image(image);
        new Span<float>(target, (int)_output.ImageLength).Clear();
        Visit((pixel, place, weight) =>
        {
            var from = _input.Image(image) + (place * channels);
            var to = _output.Image(image) + (pixel * channels);
            for (var c = 0; c < channels; c++)
            {
                to[c] += weight * from[c];
            }
        });
    }

    private void Backward(int image)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        var channels = _output.Channels;
        if (!accumulate)
        {
            new Span<float>(map.Image(image), (int)map.ImageLength).Clear();
        }

        Visit((pixel, place, weight) =>
        {
            var from = OutputGradient!.Image(image) + (pixel * channels);
            var to = map.Image(image) + (place * channels);
            for (var c = 0; c < channels; c++)
            {
                to[c] += weight * from[c];
            }
        });
    }

    /// <summary>Calls back for each pixel of the result, pixel of the input and its weight, where that is not zero.</summary>
    private void Visit(Action<nint, nint, float> tap)
    {
        for (var y = 0; y < _output.Height; y++)
        {
            var (row, rowPhase) = Math.DivRem(y, _factor);
            for (var x = 0; x < _output.Width; x++)
            {
                var (column, columnPhase) = Math.DivRem(x, _factor);
                for (var i = 0; i < Taps * Taps; i++)
                {
                    var weight = _weights[(rowPhase * Taps) + (i / Taps)] * _weights[(columnPhase * Taps) + (i % Taps)];
                    var fromRow = Math.Clamp(row + _starts[rowPhase] + (i / Taps), 0, _input.Height - 1);
                    var fromColumn = Math.Clamp(column + _starts[columnPhase] + (i % Taps), 0, _input.Width - 1);
                    if (weight != 0)
                    {
                        tap(((nint)y * _output.Width) + x, ((nint)fromRow * _input.Width) + fromColumn, weight);
                    }
                }
            }
        }
    }
}
