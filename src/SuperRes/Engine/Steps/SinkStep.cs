using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>Hands rows of a map to the caller as they are finished. Its output is a map without memory.</summary>
internal sealed unsafe class SinkStep : Step
{
    public override double CostPerRow(MapShape output) => 0;

    public override int CountBlocks(Frame frame) => Math.Min(frame.Rows.Count, frame.Threads);

    public override void Compute(Frame frame, int block, float* scratch)
    {
        var map = frame.Maps[Inputs[0]];
        var rows = BlockSplit.Range(frame.Rows, block, CountBlocks(frame));
        for (var y = rows.Start; y < rows.End; y++)
        {
            frame.Sink!.Write(y, new ReadOnlySpan<float>(map.Row(y), checked((int)map.RowLength)));
        }
    }
}
