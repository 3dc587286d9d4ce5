using System.Numerics;
using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>A step whose values each depend on one value of the input alone.</summary>
/// <typeparam name="TFunction">The function and its derivative.</typeparam>
internal sealed unsafe class PointwiseTraining<TFunction> : TrainingStep
    where TFunction : struct, IPointwise
{
    private const int Block = 16 * 1024;

    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly TFunction _function;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _backward;

    public PointwiseTraining(BatchMap input, BatchMap output, TFunction function, TrainingWorkers workers)
    {
        (_input, _output, _function) = (input, output, function);
        _forward = workers.Loop(ForwardBlock);
        _backward = workers.Loop(BackwardBlock);
    }

    private int Blocks => (int)((_output.Length + Block - 1) / Block);

    public override bool WorksInPlace => true;

    public override void Forward() => _forward.Run(Blocks);

    public override void Backward(bool parameters)
    {
        if (InputGradients[0] is not null)
        {
            _backward.Run(Blocks);
        }
    }

    private void ForwardBlock(int block, int worker)
    {
        var (start, end) = Range(block);
        var channels = _output.Channels;
        var channel = (int)(start % channels);
        var x = _input.Pointer;
        var y = _output.Pointer;
        var i = start;
        for (; TFunction.HasVectors && i + Vector<float>.Count <= end; i += Vector<float>.Count)
        {
            _function.Evaluate(Vector.Load(x + i)).Store(y + i);
        }

        for (; i < end; i++)
        {
            y[i] = _function.Evaluate(x[i], channel);
            channel = channel + 1 == channels ? 0 : channel + 1;
        }
    }

    private void BackwardBlock(int block, int worker)
    {
        var (map, accumulate, _) = InputGradients[0]!;
        var (start, end) = Range(block);
        var channels = _output.Channels;
        var channel = (int)(start % channels);
        var target = map.Pointer;
        var source = OutputGradient!.Pointer;
        var x = _input.Pointer;
        var y = _output.Pointer;
        var i = start;
        for (; TFunction.HasVectors && i + Vector<float>.Count <= end; i += Vector<float>.Count)
        {
            var gradients = Vector.Load(source + i) * _function.Derivative(Vector.Load(x + i), Vector.Load(y + i));
            (accumulate ? Vector.Load(target + i) + gradients : gradients).Store(target + i);
        }

        for (; i < end; i++)
        {
            var gradient = source[i] * _function.Derivative(x[i], y[i], channel);
            target[i] = accumulate ? target[i] + gradient : gradient;
            channel = channel + 1 == channels ? 0 : channel + 1;
        }
    }

    private (nint Start, nint End) Range(int block) => ((nint)block * Block, nint.Min(_output.Length, ((nint)block + 1) * Block));
}
