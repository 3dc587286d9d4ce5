namespace SuperRes.Engine.Planning;

/// <summary>
/// All blocks of a schedule in order, and what each must wait for, so that threads need not meet after every item: a
/// block may run when all items but the previous one are done, and of the previous one the blocks that it reads.
/// </summary>
internal sealed class BlockSequence
{
    private readonly int[] _firstBlocks;
    private readonly BlockRange[] _needs;

    public BlockSequence(ExecutionPlan plan, Frame frame)
    {
        _firstBlocks = new int[plan.Items.Length + 1];
        for (var item = 0; item < plan.Items.Length; item++)
        {
            _firstBlocks[item + 1] = checked(_firstBlocks[item] + plan.Step(item).CountBlocks(frame, plan.Items[item].Rows));
        }

        _needs = new BlockRange[Count];
        for (var item = 1; item < plan.Items.Length; item++)
        {
            for (var input = 0; input < plan.Step(item).Inputs.Count; input++)
            {
                FindNeeds(plan, frame, item, input);
            }
        }
    }

    /// <summary>Number of blocks.</summary>
    public int Count => _firstBlocks[^1];

    /// <summary>The item that a block belongs to.</summary>
    public int ItemOf(int block)
    {
        var found = Array.BinarySearch(_firstBlocks, block);
        if (found < 0)
        {
            return ~found - 1;
        }

        // Items without blocks share their number with the next.
        while (_firstBlocks[found + 1] == block)
        {
            found++;
        }

        return found;
    }

    public int FirstBlock(int item) => _firstBlocks[item];

    public int CountBlocks(int item) => _firstBlocks[item + 1] - _firstBlocks[item];

    /// <summary>Blocks of the previous item that must be done first.</summary>
    public BlockRange Needs(int block) => _needs[block];

    private void FindNeeds(ExecutionPlan plan, Frame frame, int item, int input)
    {
        var (step, previous) = (plan.Step(item), plan.Step(item - 1));
        if (previous.Extras.Contains(step.Inputs[input]))
        {
            _needs.AsSpan(FirstBlock(item), CountBlocks(item)).Fill(new BlockRange(FirstBlock(item - 1), FirstBlock(item)));
            return;
        }

        if (previous.Output != step.Inputs[input])
        {
            return;
        }

        var rows = plan.Items[item].Rows;
        int low = FirstBlock(item - 1), high = low;
        for (var block = FirstBlock(item); block < FirstBlock(item + 1); block++)
        {
            var needed = step.InputRows(input, step.BlockRows(frame, rows, block - FirstBlock(item)));
            while (low < FirstBlock(item) && Rows(low).End <= needed.Start)
            {
                low++;
            }

            while (high < FirstBlock(item) && Rows(high).Start < needed.End)
            {
                high++;
            }

            _needs[block] = _needs[block].Length == 0 ? new BlockRange(low, high) : new BlockRange(Math.Min(low, _needs[block].Start), Math.Max(high, _needs[block].End));
        }

        RowRange Rows(int block) => previous.BlockRows(frame, plan.Items[item - 1].Rows, block - FirstBlock(item - 1));
    }

    /// <summary>Blocks from <paramref name="Start"/> up to but not including <paramref name="End"/>.</summary>
    internal readonly record struct BlockRange(int Start, int End)
    {
        public int Length => End - Start;
    }
}
