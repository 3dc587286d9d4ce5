namespace SuperRes.Engine.Planning;

/// <summary>Which blocks of a run are done. Threads that must wait look again for a few microseconds, then sleep.</summary>
internal sealed class BlockProgress(BlockSequence blocks, int items)
{
    private readonly Lock _gate = new();
    private readonly object _signal = new();
    private readonly int[] _doneInRun = new int[blocks.Count];
    private readonly int[] _doneOfItem = new int[items];
    private int _doneItems;
    private int _run;
    private int _sleepers;
    private volatile bool _stopped;

    /// <summary>Begins a run: no block is done.</summary>
    public void Begin()
    {
        _run++;
        _doneItems = 0;
        _stopped = false;
        Array.Clear(_doneOfItem);
    }

    /// <summary>Returns when the block's turn has come.</summary>
    /// <returns>False if the run was stopped.</returns>
    public bool WaitFor(int block, int item)
    {
        var spinner = new SpinWait();
        while (!IsReady(block, item))
        {
            if (_stopped)
            {
                return false;
            }

            if (spinner.NextSpinWillYield)
            {
                Sleep(block, item);
            }
            else
            {
                spinner.SpinOnce();
            }
        }

        return !_stopped;
    }

    /// <summary>Notes that a block is done.</summary>
    public void Finish(int block, int item)
    {
        Volatile.Write(ref _doneInRun[block], _run);
        if (Interlocked.Increment(ref _doneOfItem[item]) == blocks.CountBlocks(item))
        {
            AdvanceItems();
        }

        Wake();
    }

    /// <summary>Ends all waiting; the run has failed.</summary>
    public void Stop()
    {
        _stopped = true;
        Interlocked.MemoryBarrier();
        Wake();
    }

    private bool IsReady(int block, int item)
    {
        if (Volatile.Read(ref _doneItems) < item - 1)
        {
            return false;
        }

        var needs = blocks.Needs(block);
        for (var needed = needs.Start; needed < needs.End; needed++)
        {
            if (Volatile.Read(ref _doneInRun[needed]) != _run)
            {
                return false;
            }
        }

        return true;
    }

    private void AdvanceItems()
    {
        lock (_gate)
        {
            var done = _doneItems;
            while (done < _doneOfItem.Length && Volatile.Read(ref _doneOfItem[done]) == blocks.CountBlocks(done))
            {
                done++;
            }

            Volatile.Write(ref _doneItems, done);
        }
    }

    private void Sleep(int block, int item)
    {
        lock (_signal)
        {
            // Counted before looking again: whoever finishes a block after that sees a sleeper and wakes it.
            Interlocked.Increment(ref _sleepers);
            while (!IsReady(block, item) && !_stopped)
            {
                Monitor.Wait(_signal);
            }

            Interlocked.Decrement(ref _sleepers);
        }
    }

    private void Wake()
    {
        if (Volatile.Read(ref _sleepers) > 0)
        {
            lock (_signal)
            {
                Monitor.PulseAll(_signal);
            }
        }
    }
}
