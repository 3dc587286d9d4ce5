namespace SuperRes.Engine.Gradients;

/// <summary>The sum of two maps, where it could not be fused.</summary>
internal sealed unsafe class AddTraining : TrainingStep
{
    private readonly BatchMap _x;
    private readonly BatchMap _y;
    private readonly BatchMap _output;
    private readonly Threading.ParallelLoop _loop;

    public AddTraining(BatchMap x, BatchMap y, BatchMap output, TrainingWorkers workers)
    {
        (_x, _y, _output) = (x, y, output);
        _loop = workers.Loop((image, _) =>
        {
            Elementwise.Put(_output.Image(image), _x.Image(image), _output.ImageLength, accumulate: false);
            Elementwise.Add(_output.Image(image), _y.Image(image), _output.ImageLength);
        });
    }

    public override bool PassesGradient(int input) => true;

    public override bool ReadsInput(int input) => false;

    public override bool ReadsOutput => false;

    public override void Forward() => _loop.Run(_output.Count);

    public override void Backward(bool parameters)
    {
    }
}
