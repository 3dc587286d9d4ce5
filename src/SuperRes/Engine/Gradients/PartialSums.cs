using SuperRes.Engine.Memory;
using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// Sums over many items, cut into a fixed number of partial sums that are added in order: the result is the same
/// whatever the number of threads.
/// </summary>
internal sealed unsafe class PartialSums : IDisposable
{
    private const int MaximalPartials = 32;

    private readonly int _items;
    private readonly int _partials;
    private readonly nint _length;
    private readonly NativeBuffer _sums;
    private readonly ParallelLoop _loop;
    private readonly Body _body;

    /// <param name="items">Number of items, pixels for instance.</param>
    /// <param name="length">Number of sums.</param>
    /// <param name="body">Adds some of the items.</param>
    public PartialSums(int items, int length, TrainingWorkers workers, Body body)
    {
        (_items, _partials, _length, _body) = (items, Math.Min(MaximalPartials, items), length, body);
        _sums = new NativeBuffer(_partials * _length);
        _loop = workers.Loop(Compute);
    }

    /// <summary>Adds items <paramref name="first"/> to <paramref name="end"/> - 1 to the sums.</summary>
    public delegate void Body(int first, int end, float* sums);

    /// <summary>Adds up all items; the sums stay valid until the next run.</summary>
    public float* Run()
    {
        _loop.Run(_partials);
        for (var partial = 1; partial < _partials; partial++)
        {
            Elementwise.Add(_sums.Pointer, _sums.Pointer + (partial * _length), _length);
        }

        return _sums.Pointer;
    }

    public void Dispose() => _sums.Dispose();

    private void Compute(int partial, int worker)
    {
        var sums = _sums.Pointer + (partial * _length);
        new Span<float>(sums, (int)_length).Clear();
        _body((int)((long)_items * partial / _partials), (int)((long)_items * (partial + 1) / _partials), sums);
    }
}
