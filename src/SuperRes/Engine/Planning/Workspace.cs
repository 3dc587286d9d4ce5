using SuperRes.Engine.Memory;
using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Planning;

/// <summary>What one run of a plan needs: memory for the maps, scratch memory per thread, and the threads. Serves one run at a time.</summary>
internal sealed unsafe class Workspace : IDisposable
{
    private readonly ExecutionPlan _plan;
    private readonly NativeBuffer _arena;
    private readonly NativeBuffer _zeros;
    private readonly NativeBuffer[] _scratch;
    private readonly ParallelLoop _loop;
    private readonly Frame _frame;
    private Steps.Step? _step;
    private CancellationToken _cancellation;

    public Workspace(ExecutionPlan plan, int threads)
    {
        _plan = plan;
        _arena = new NativeBuffer(plan.ArenaLength);
        _zeros = new NativeBuffer(plan.ZerosLength);
        _scratch = [.. Enumerable.Range(0, threads).Select(_ => new NativeBuffer(plan.ScratchLength))];
        _frame = new Frame(plan.Bind(_arena.Pointer, _zeros.Pointer), threads);
        _loop = new ParallelLoop(threads, Compute);
    }

    public ExecutionPlan Plan => _plan;

    public int Threads => _scratch.Length;

    /// <summary>Computes the whole result.</summary>
    /// <exception cref="OperationCanceledException">Cancellation was asked for; rows handed over by then stay handed over.</exception>
    public void Run(IRowSource source, IRowSink sink, IProgress<double>? progress, CancellationToken cancellation)
    {
        (_frame.Source, _frame.Sink, _cancellation) = (source, sink, cancellation);
        try
        {
            var done = 0.0;
            foreach (var item in _plan.Items)
            {
                _step = _plan.Network.Steps[item.Step];
                _frame.Rows = item.Rows;
                _loop.Run(_step.CountBlocks(_frame));
                done += _plan.CostOf(item);
                progress?.Report(done / _plan.Cost);
            }
        }
        finally
        {
            (_frame.Source, _frame.Sink, _step, _cancellation) = (null, null, null, default);
        }
    }

    public void Dispose()
    {
        _arena.Dispose();
        _zeros.Dispose();
        foreach (var scratch in _scratch)
        {
            scratch.Dispose();
        }
    }

    private void Compute(int block, int worker)
    {
        _cancellation.ThrowIfCancellationRequested();
        _step!.Compute(_frame, block, _scratch[worker].Pointer);
    }
}
