using SuperRes.Engine.Memory;
using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Planning;

/// <summary>What one run of a plan needs: memory for the maps, scratch memory per thread, and the threads. Serves one run at a time.</summary>
internal sealed unsafe class Workspace : IDisposable
{
    private readonly NativeBuffer _arena;
    private readonly NativeBuffer _zeros;
    private readonly NativeBuffer _rows;
    private readonly NativeBuffer[] _scratch;
    private readonly Frame _frame;
    private readonly BlockSequence _blocks;
    private readonly BlockProgress _progress;
    private readonly ParallelLoop _loop;
    private IProgress<double>? _listener;
    private int _reportedItems;
    private CancellationToken _cancellation;

    public Workspace(ExecutionPlan plan, int threads)
    {
        Plan = plan;
        Bytes = plan.BytesFor(threads);
        _arena = new NativeBuffer(plan.ArenaLength);
        _zeros = new NativeBuffer(plan.ZerosLength);
        _rows = new NativeBuffer((long)plan.RowCount * sizeof(float*) / sizeof(float));
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new NativeBuffer(plan.ScratchLength))];
        _frame = new Frame(plan.Bind(_arena.Pointer, _zeros.Pointer, (float**)_rows.Pointer), threads);
        _blocks = new BlockSequence(plan, _frame);
        _progress = new BlockProgress(_blocks, plan.Items.Length);
        _loop = new ParallelLoop(threads, Compute);
    }

    public ExecutionPlan Plan { get; }

    /// <summary>Memory that it takes.</summary>
    public long Bytes { get; }

    /// <summary>Computes the whole result.</summary>
    /// <exception cref="OperationCanceledException">Cancellation was asked for; rows handed over by then stay handed over.</exception>
    public void Run(IRowSource source, IRowSink sink, IReadOnlyList<IRowSink> taps, IProgress<double>? progress, CancellationToken cancellation)
    {
        (_frame.Source, _frame.Sink, _frame.Taps, _listener, _cancellation) = (source, sink, taps, progress, cancellation);
        _reportedItems = 0;
        _progress.Begin();
        try
        {
            _loop.Run(_blocks.Count);
            progress?.Report(1);
        }
        finally
        {
            (_frame.Source, _frame.Sink, _frame.Taps, _listener, _cancellation) = (null, null, [], null, default);
        }
    }

    public void Dispose()
    {
        _arena.Dispose();
        _zeros.Dispose();
        _rows.Dispose();
        foreach (var scratch in _scratch)
        {
            scratch.Dispose();
        }
    }

    private void Compute(int block, int worker)
    {
        try
        {
            _cancellation.ThrowIfCancellationRequested();
            var item = _blocks.ItemOf(block);
            if (worker == 0)
            {
                Report(item);
            }

            if (_progress.WaitFor(block, item))
            {
                Plan.Step(item).Compute(_frame, Plan.Items[item].Rows, block - _blocks.FirstBlock(item), _scratch[worker].Pointer);
                _progress.Finish(block, item);
            }
        }
        catch
        {
            _progress.Stop();
            throw;
        }
    }

    /// <summary>Tells the caller, on its own thread, when another item is reached.</summary>
    private void Report(int item)
    {
        if (item > _reportedItems)
        {
            _reportedItems = item;
            _listener?.Report(Plan.CostBefore(item) / Plan.CostBefore(Plan.Items.Length));
        }
    }
}
