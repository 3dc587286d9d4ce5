using SuperRes.Engine.Compilation;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;
using SuperRes.Networks;

namespace SuperRes.Engine;

/// <summary>
/// Runs a network on images of any size. Plans of the sizes used last are kept, with their memory, so that a second image
/// of a size allocates nothing. May be used from several threads at once: each run has memory of its own, and what is kept
/// of it is no more than runs still use, once per size where none does, within the budget, and
/// some hundred megabytes: beside gigabytes that a large image took, getting them again is cheap, and nobody counts them.
/// </summary>
internal sealed class NetworkEngine : IDisposable
{
    private const int KeptPlans = 4;

    private readonly Lock _lock = new();
    private readonly List<ExecutionPlan> _plans = [];
    private readonly List<Workspace> _idle = [];
    private readonly List<Workspace> _running = [];
    private readonly CompiledNetwork _network;
    private readonly MemoryFit _fit;
    private readonly int _threads;
    private readonly int _taps;
    private int _runs;
    private bool _disposed;

    /// <param name="threads">Threads per run; 0 takes every core.</param>
    /// <param name="taps">Names of nodes whose results are handed over beside the network's. What is tapped can't be fused away, which takes time.</param>
    /// <param name="memoryBudget">Bytes that a run may take beside the images and the network's weights; null for what the machine has.</param>
    /// <exception cref="GraphException">The weights don't fit the graph, an operation is not supported, or the result does not depend on a tap.</exception>
    public NetworkEngine(
        Graph graph, Weights weights, int threads = 0, SimdWidth? width = null, IReadOnlyList<string>? taps = null, long? memoryBudget = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        _network = CompiledNetwork.Compile(graph, weights, width ?? SimdWidths.Default, taps ?? []);
        _taps = taps?.Count ?? 0;
        _threads = threads == 0 ? Environment.ProcessorCount : threads;
        _fit = new MemoryFit(_network, _threads, memoryBudget);
    }

    /// <summary>Computes the result of one image.</summary>
    /// <param name="taps">Where the rows of each tap go, in the order of the constructor's: W, C. A map of one pixel is a row.</param>
    /// <param name="memoryBudget">Bytes that this run may take, where that is less than the engine's budget.</param>
    /// <exception cref="GraphException">The network can't take an input of this size.</exception>
    /// <exception cref="InsufficientMemoryException">An input of this size needs more than the budget.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The engine was disposed before the run began.</exception>
    public void Run(
        int height,
        int width,
        IRowSource source,
        IRowSink sink,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default,
        IReadOnlyList<IRowSink>? taps = null,
        long? memoryBudget = null)
    {
        taps ??= [];
        if (taps.Count != _taps)
        {
            throw new ArgumentException($"The engine has {_taps} taps, and {taps.Count} sinks were given.", nameof(taps));
        }

        cancellation.ThrowIfCancellationRequested();
        Begin();
        try
        {
            var workspace = Rent(height, width, memoryBudget);
            try
            {
                workspace.Run(source, sink, taps, progress, cancellation);
            }
            finally
            {
                Return(workspace, memoryBudget);
            }
        }
        finally
        {
            End();
        }
    }

    /// <summary>Bytes that are kept for further runs at most.</summary>
    internal long MostIdleBytes { get; init; } = 512 << 20;

    /// <summary>Bytes that are kept for further runs.</summary>
    internal long IdleBytes
    {
        get
        {
            lock (_lock)
            {
                long bytes = 0;
                foreach (var workspace in _idle)
                {
                    bytes += workspace.Bytes;
                }

                return bytes;
            }
        }
    }

    /// <summary>The least bytes that a run of this size takes; compared with the budget, says whether it is refused.</summary>
    public long LeastBytes(int height, int width) => _fit.LeastBytes(height, width);

    /// <summary>Refuses further runs and frees what none uses. Runs that have begun end as they would, and the last one frees the rest.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _idle.ForEach(workspace => workspace.Dispose());
            _idle.Clear();
            _plans.Clear();
            FreeUnused();
        }
    }

    private void Begin()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _runs++;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            _runs--;
            FreeUnused();
        }
    }

    /// <summary>Kernels hold raw pointers to the packed weights: these go when no run is left to use them.</summary>
    private void FreeUnused()
    {
        if (_disposed && _runs == 0)
        {
            _network.Dispose();
        }
    }

    private Workspace Rent(int height, int width, long? budget)
    {
        ExecutionPlan? plan;
        lock (_lock)
        {
            plan = FindPlan(height, width, budget);
            if (plan is not null && TakeIdle(plan) is { } workspace)
            {
                _running.Add(workspace);
                return workspace;
            }
        }

        plan ??= Keep(_fit.Plan(height, width, budget), budget);
        DropIdle(Allowed(budget) - plan.BytesFor(_threads));
        return Started(new Workspace(plan, _threads));
    }

    private Workspace Started(Workspace workspace)
    {
        lock (_lock)
        {
            _running.Add(workspace);
            return workspace;
        }
    }

    private ExecutionPlan? FindPlan(int height, int width, long? budget)
    {
        foreach (var plan in _plans)
        {
            if (plan.Height == height && plan.Width == width && (budget is null || plan.BytesFor(_threads) <= budget))
            {
                return plan;
            }
        }

        return null;
    }

    private Workspace? TakeIdle(ExecutionPlan plan)
    {
        for (var i = 0; i < _idle.Count; i++)
        {
            if (_idle[i].Plan == plan)
            {
                var workspace = _idle[i];
                _idle.RemoveAt(i);
                return workspace;
            }
        }

        return null;
    }

    /// <summary>Frees idle memory, of the sizes kept longest first, until it is no more than this.</summary>
    private void DropIdle(long allowed)
    {
        lock (_lock)
        {
            while (_idle.Count > 0 && IdleBytes > allowed)
            {
                _idle[0].Dispose();
                _idle.RemoveAt(0);
            }
        }
    }

    /// <summary>Keeps a plan, unless another run has made it meanwhile; the one kept longest goes, with its idle memory.</summary>
    private ExecutionPlan Keep(ExecutionPlan plan, long? budget)
    {
        lock (_lock)
        {
            if (FindPlan(plan.Height, plan.Width, budget) is { } same)
            {
                return same;
            }

            if (_plans.Count == KeptPlans)
            {
                foreach (var workspace in _idle.Where(workspace => workspace.Plan == _plans[0]))
                {
                    workspace.Dispose();
                }

                _idle.RemoveAll(workspace => workspace.Plan == _plans[0]);
                _plans.RemoveAt(0);
            }

            _plans.Add(plan);
            return plan;
        }
    }

    /// <summary>
    /// Keeps a workspace for the next run. Of its size as many stay idle as are running, so that steady requests find one
    /// and what a burst took is freed as it ends.
    /// </summary>
    private void Return(Workspace workspace, long? budget)
    {
        lock (_lock)
        {
            _running.Remove(workspace);
            var kept = Math.Max(1, Count(_running, workspace.Plan));
            if (!_disposed && _plans.Contains(workspace.Plan))
            {
                _idle.Add(workspace);
            }
            else
            {
                workspace.Dispose();
            }

            while (Count(_idle, workspace.Plan) > kept)
            {
                TakeIdle(workspace.Plan)!.Dispose();
            }
        }

        DropIdle(Math.Min(Allowed(budget), MostIdleBytes));
    }

    /// <summary>What a run and what is kept beside it may take: a run's own budget leaves out what the process holds otherwise.</summary>
    private long Allowed(long? budget) => Math.Min(budget ?? long.MaxValue, _fit.Budget);

    private static int Count(List<Workspace> workspaces, ExecutionPlan plan)
    {
        var count = 0;
        foreach (var workspace in workspaces)
        {
            count += workspace.Plan == plan ? 1 : 0;
        }

        return count;
    }
}
