using SuperRes.Engine.Memory;
using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>The threads of a training plan, each with scratch memory. Which thread does what never changes a result.</summary>
internal sealed unsafe class TrainingWorkers(int threads) : IDisposable
{
    private readonly NativeBuffer?[] _scratch = new NativeBuffer?[threads];
    private readonly Standby _standby = new(threads);

    /// <summary>Threads that may work, the caller among them.</summary>
    public int Threads => threads;

    /// <summary>A loop over independent blocks, given the block and the worker.</summary>
    public ParallelLoop Loop(Action<int, int> body) => new(threads, body, _standby);

    /// <summary>A worker's scratch memory, with any content; valid until more is reserved.</summary>
    public float* Scratch(int worker) => _scratch[worker]!.Pointer;

    /// <summary>Makes room for at least so many floats per worker.</summary>
    public void Reserve(long length)
    {
        for (var worker = 0; worker < threads; worker++)
        {
            if (_scratch[worker] is null || _scratch[worker]!.Length < length)
            {
                _scratch[worker]?.Dispose();
                _scratch[worker] = new NativeBuffer(length);
            }
        }
    }

    public void Dispose()
    {
        foreach (var buffer in _scratch)
        {
            buffer?.Dispose();
        }
    }
}
