using SuperRes.Engine.Memory;

namespace SuperRes.Tests.Engine.Kernels;

/// <summary>Buffers for a kernel's arguments, filled from one seed, freed together.</summary>
internal sealed unsafe class Memory(int seed) : IDisposable
{
    private readonly Random _random = new(seed);
    private readonly List<NativeBuffer> _buffers = [];

    /// <summary>Values in [-1, 1), the same for the same seed and order of calls.</summary>
    public float* Random(int length)
    {
        var values = Empty(length);
        for (var i = 0; i < length; i++)
        {
            values[i] = (_random.NextSingle() * 2) - 1;
        }

        return values;
    }

    /// <summary>Room for results: not a number where nothing is written.</summary>
    public float* Empty(int length)
    {
        var buffer = new NativeBuffer(length);
        _buffers.Add(buffer);
        new Span<float>(buffer.Pointer, length).Fill(float.NaN);
        return buffer.Pointer;
    }

    public void Dispose() => _buffers.ForEach(buffer => buffer.Dispose());
}
