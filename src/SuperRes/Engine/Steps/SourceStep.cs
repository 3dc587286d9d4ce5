using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>Fetches rows of the input image and adds a constant per channel (a mean shift before the first convolution can't go into its bias: its zero padding is not shifted).</summary>
internal sealed unsafe class SourceStep(IReadOnlyList<float>? offsets) : Step
{
    public override int CountBlocks(Frame frame) => Math.Min(frame.Rows.Count, frame.Threads);

    public override void Compute(Frame frame, int block, float* scratch)
    {
        var map = frame.Maps[Output];
        var rows = BlockSplit.Range(frame.Rows, block, CountBlocks(frame));
        for (var y = rows.Start; y < rows.End; y++)
        {
            var row = new Span<float>(map.Row(y), checked((int)map.RowLength));
            frame.Source!.Read(y, row);
            if (offsets is not null)
            {
                Shift(row, offsets);
            }
        }
    }

    private static void Shift(Span<float> row, IReadOnlyList<float> offsets)
    {
        for (var c = 0; c < offsets.Count; c++)
        {
            var offset = offsets[c];
            for (var i = c; i < row.Length; i += offsets.Count)
            {
                row[i] += offset;
            }
        }
    }
}
