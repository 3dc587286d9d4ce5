using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>
/// Small steps, each on a map of one pixel, as one: CBAM's pooled features go through its MLP without a meeting of the
/// threads after each layer.
/// </summary>
internal sealed unsafe class SequenceStep(IReadOnlyList<Step> steps) : RowStep
{
    public override RowRange InputRows(int input, RowRange output) => RowRange.All;

    public override MapShape ExtraShape(int extra, MapShape output) => throw new InvalidOperationException("The maps of a sequence belong to nodes.");

    public override RowRange ExtraRows(int extra, RowRange output) => output;

    public override long ScratchLength(MapShape output) => steps.Max(step => step.ScratchLength(output));

    public override void Dispose()
    {
        foreach (var step in steps)
        {
            step.Dispose();
        }
    }

    protected override void ComputeRow(Frame frame, int y, float* scratch)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            steps[i].Compute(frame, new RowRange(0, 1), 0, scratch);
        }
    }
}
