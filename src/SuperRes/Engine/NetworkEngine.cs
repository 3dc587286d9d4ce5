using SuperRes.Engine.Compilation;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;
using SuperRes.Networks;

namespace SuperRes.Engine;

/// <summary>
/// Runs a network on images of any size. Plans of the sizes used last are kept, with their memory, so that a second image
/// of a size allocates nothing. May be used from several threads at once: each run has memory of its own.
/// </summary>
internal sealed class NetworkEngine : IDisposable
{
    private const int KeptPlans = 4;

    private readonly Lock _lock = new();
    private readonly List<ExecutionPlan> _plans = [];
    private readonly List<Workspace> _idle = [];
    private readonly CompiledNetwork _network;
    private readonly int _threads;
    private bool _disposed;

    /// <param name="threads">Threads per run; 0 takes every core.</param>
    /// <exception cref="GraphException">The weights don't fit the graph, or an operation is not supported.</exception>
    public NetworkEngine(Graph graph, Weights weights, int threads = 0, SimdWidth? width = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        _network = CompiledNetwork.Compile(graph, weights, width ?? SimdWidths.Default);
        _threads = threads == 0 ? Environment.ProcessorCount : threads;
    }

    /// <summary>Computes the result of one image.</summary>
    /// <exception cref="GraphException">The network can't take an input of this size.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public void Run(int height, int width, IRowSource source, IRowSink sink, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var workspace = Rent(height, width);
        try
        {
            workspace.Run(source, sink, progress, cancellation);
        }
        finally
        {
            Return(workspace);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _idle.ForEach(workspace => workspace.Dispose());
            _idle.Clear();
            _plans.Clear();
        }

        _network.Dispose();
    }

    private Workspace Rent(int height, int width)
    {
        ExecutionPlan? plan;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            plan = FindPlan(height, width);
            if (plan is not null && TakeIdle(plan) is { } workspace)
            {
                return workspace;
            }
        }

        return new Workspace(plan ?? Keep(new ExecutionPlan(_network, height, width)), _threads);
    }

    private ExecutionPlan? FindPlan(int height, int width)
    {
        foreach (var plan in _plans)
        {
            if (plan.Height == height && plan.Width == width)
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

    /// <summary>Keeps a plan; the one kept longest goes, with its idle memory.</summary>
    private ExecutionPlan Keep(ExecutionPlan plan)
    {
        lock (_lock)
        {
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

    private void Return(Workspace workspace)
    {
        lock (_lock)
        {
            if (!_disposed && _plans.Contains(workspace.Plan))
            {
                _idle.Add(workspace);
                return;
            }
        }

        workspace.Dispose();
    }
}
