using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>Hands rows of a map to the caller as they are finished. Its output is a map without memory.</summary>
internal sealed unsafe class SinkStep : Step
{
    public override bool HasOutput => false;

    public override double CostPerRow(MapShape output) => 0;

    public override int CountBlocks(Frame frame, RowRange rows) => BlockSplit.Count(frame, rows, frame.Maps[Inputs[0]].RowLength);

    public override RowRange BlockRows(Frame frame, RowRange rows, int block) => BlockSplit.Range(rows, block, CountBlocks(frame, rows));

    public override void Compute(Frame frame, RowRange rows, int block, float* scratch)
    {
        var map = frame.Maps[Inputs[0]];
        var mine = BlockRows(frame, rows, block);
        for (var y = mine.Start; y < mine.End; y++)
        {
            frame.Sink!.Write(y, new ReadOnlySpan<float>(map.Row(y), map.RowLength));
        }
    }
}
