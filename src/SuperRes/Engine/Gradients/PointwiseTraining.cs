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
        for (nint i = (nint)block * Block, end = nint.Min(_output.Length, i + Block); i < end; i++)
        {
            _output.Pointer[i] = _function.Evaluate(_input.Pointer[i], (int)(i % _output.Channels));
        }
    }

    private void BackwardBlock(int block, int worker)
    {
        var (map, accumulate, mask) = InputGradients[0]!;
        var start = (nint)block * Block;
        var end = nint.Min(_output.Length, start + Block);
        for (var i = start; i < end; i++)
        {
            var gradient = OutputGradient!.Pointer[i] * _function.Derivative(_input.Pointer[i], _output.Pointer[i]);
            map.Pointer[i] = accumulate ? map.Pointer[i] + gradient : gradient;
        }
    }
}
