using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>A step whose blocks are single rows of the output.</summary>
internal abstract unsafe class RowStep : Step
{
    public sealed override int CountBlocks(Frame frame, RowRange rows) => rows.Count / RowMultiple;

    public sealed override RowRange BlockRows(Frame frame, RowRange rows, int block) =>
        new(rows.Start + (block * RowMultiple), rows.Start + ((block + 1) * RowMultiple));

    public sealed override void Compute(Frame frame, RowRange rows, int block, float* scratch) =>
        ComputeRow(frame, rows.Start + (block * RowMultiple), scratch);

    /// <summary>Computes the <see cref="Step.RowMultiple"/> rows of the output that begin at row y.</summary>
    protected abstract void ComputeRow(Frame frame, int y, float* scratch);
}
