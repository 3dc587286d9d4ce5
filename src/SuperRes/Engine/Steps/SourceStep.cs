using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>
/// Fetches rows of the input image, times a factor and plus an offset per channel: a mean shift before the first
/// convolution can't go into its bias, because its zero padding is not shifted.
/// </summary>
internal sealed unsafe class SourceStep(float[] factors, float[] offsets) : Step
{
    public override int CountBlocks(Frame frame, RowRange rows) => BlockSplit.Count(frame, rows, frame.Maps[Output].RowLength);

    public override RowRange BlockRows(Frame frame, RowRange rows, int block) => BlockSplit.Range(rows, block, CountBlocks(frame, rows));

    public override void Compute(Frame frame, RowRange rows, int block, float* scratch)
    {
        var map = frame.Maps[Output];
        var mine = BlockRows(frame, rows, block);
        for (var y = mine.Start; y < mine.End; y++)
        {
            var row = new Span<float>(map.Row(y), map.RowLength);
            frame.Source!.Read(y, row);
            Adapt(row);
        }
    }

    private void Adapt(Span<float> row)
    {
        for (var c = 0; c < offsets.Length; c++)
        {
            if (factors[c] != 1 || offsets[c] != 0)
            {
                for (var i = c; i < row.Length; i += offsets.Length)
                {
                    row[i] = (row[i] * factors[c]) + offsets[c];
                }
            }
        }
    }
}
