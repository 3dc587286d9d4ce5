using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// Bicubic upsampling by an integer (<see cref="BicubicPhases"/>, edges repeated): each pixel of the result weighs 4 x 4 pixels,
/// rows first and then columns, and its gradient goes back to them with the same weights.
/// </summary>
internal sealed unsafe class BicubicTraining : TrainingStep
{
    private const int Taps = BicubicPhases.Taps;

    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly int _factor;
    private readonly BicubicPhases _phases;
    private readonly TrainingWorkers _workers;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _backward;

    public BicubicTraining(BatchMap input, BatchMap output, int factor, TrainingWorkers workers)
    {
        (_input, _output, _factor, _workers) = (input, output, factor, workers);
        _phases = new BicubicPhases(factor);
        _forward = workers.Loop(ForwardRow);
        _backward = workers.Loop(BackwardImage);
    }

    /// <summary>A row as wide as the input's.</summary>
    public override long ScratchLength => RowLength;

    private int RowLength => _input.Width * _input.Channels;

    public override bool ReadsInput(int input) => false;

    public override bool ReadsOutput => false;

    public override void Forward() => _forward.Run(_output.Count * _output.Height);

    public override void Backward(bool parameters)
    {
        if (InputGradients[0] is not null)
        {
            _backward.Run(_output.Count);
        }
    }

    private void ForwardRow(int block, int worker)
    {
        var (image, y) = Math.DivRem(block, _output.Height);
        var channels = _output.Channels;
        var blended = _workers.Scratch(worker);
        for (var tap = 0; tap < Taps; tap++)
        {
            var (row, weight) = Source(y, tap, _input.Height);
            Elementwise.PutScaled(blended, _input.Image(image) + ((nint)row * RowLength), weight, RowLength, accumulate: tap > 0);
        }

        var target = _output.Image(image) + ((nint)y * _output.Width * channels);
        for (var x = 0; x < _output.Width; x++, target += channels)
        {
            for (var tap = 0; tap < Taps; tap++)
            {
                var (column, weight) = Source(x, tap, _input.Width);
                for (var c = 0; c < channels; c++)
                {
                    target[c] = (tap > 0 ? target[c] : 0) + (weight * blended[(column * channels) + c]);
                }
            }
        }
    }

    private void BackwardImage(int image, int worker)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        if (!accumulate)
        {
            new Span<float>(map.Image(image), (int)map.ImageLength).Clear();
        }

        var channels = _output.Channels;
        var gathered = _workers.Scratch(worker);
        var source = OutputGradient!.Image(image);
        for (var y = 0; y < _output.Height; y++)
        {
            new Span<float>(gathered, RowLength).Clear();
            for (var x = 0; x < _output.Width; x++, source += channels)
            {
                for (var tap = 0; tap < Taps; tap++)
                {
                    var (column, weight) = Source(x, tap, _input.Width);
                    for (var c = 0; c < channels; c++)
                    {
                        gathered[(column * channels) + c] += weight * source[c];
                    }
                }
            }

            for (var tap = 0; tap < Taps; tap++)
            {
                var (row, weight) = Source(y, tap, _input.Height);
                Elementwise.PutScaled(map.Image(image) + ((nint)row * RowLength), gathered, weight, RowLength, accumulate: true);
            }
        }
    }

    /// <summary>One of the rows that a row of the result weighs, or of the columns that a column weighs, and its weight.</summary>
    private (int Place, float Weight) Source(int place, int tap, int size)
    {
        var (first, phase) = Math.DivRem(place, _factor);
        return (Math.Clamp(first + _phases.Start(phase) + tap, 0, size - 1), _phases.Weights(phase)[tap]);
    }
}
