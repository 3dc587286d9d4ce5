using SuperRes.Engine.Threading;
using SuperRes.Networks;

namespace SuperRes.Engine.Gradients;

/// <summary>A map plus a learned one of its shape, whose gradient is the sum over the batch.</summary>
internal sealed unsafe class AddParameterTraining : TrainingStep
{
    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly Parameter _value;
    private readonly ParameterStore _parameters;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _gradient;

    public AddParameterTraining(BatchMap input, BatchMap output, Parameter value, ParameterStore parameters, TrainingWorkers workers)
    {
        (_input, _output, _value, _parameters) = (input, output, value, parameters);
        _forward = workers.Loop((image, _) => Forward(image));
        _gradient = workers.Loop((row, _) => AddGradient(row));
    }

    public override bool PassesGradient(int input) => true;

    public override bool ReadsInput(int input) => false;

    public override bool ReadsOutput => false;

    public override void Forward() => _forward.Run(_output.Count);

    public override void Backward(bool parameters)
    {
        if (parameters)
        {
            _gradient.Run(_output.Height);
        }
    }

    private void Forward(int image)
    {
        Elementwise.Put(_output.Image(image), _input.Image(image), _output.ImageLength, accumulate: false);
        Elementwise.Add(_output.Image(image), _parameters.Weight(_value), _output.ImageLength);
    }

    private void AddGradient(int row)
    {
        var start = row * _output.RowLength;
        for (var image = 0; image < _output.Count; image++)
        {
            Elementwise.Add(_parameters.Gradient(_value) + start, OutputGradient!.Image(image) + start, _output.RowLength);
        }
    }
}
