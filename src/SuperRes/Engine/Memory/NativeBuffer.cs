using System.Runtime.InteropServices;

namespace SuperRes.Engine.Memory;

/// <summary>
/// Floats outside the garbage-collected heap, aligned to cache lines and zero at first. Feature maps are large and
/// short-lived: on the managed heap they would stay until a full collection, and be moved or zeroed needlessly.
/// </summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    private float* _pointer;

    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public NativeBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        var bytes = (nuint)(Math.Max(length, 1) * sizeof(float));
        _pointer = (float*)NativeMemory.AlignedAlloc(bytes, CacheLine.Size);
        NativeMemory.Clear(_pointer, bytes);
        GC.AddMemoryPressure((long)bytes);
    }

    private NativeBuffer(float[] pinned)
    {
        (Array, Length) = (pinned, pinned.Length);
        _pointer = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
    }

    ~NativeBuffer() => Free();

    /// <summary>The array that holds the floats, if callers are to have them as one.</summary>
    public float[]? Array { get; }

    /// <summary>Number of floats.</summary>
    public long Length { get; }

    /// <summary>The first float; valid until <see cref="Dispose"/>.</summary>
    public float* Pointer => _pointer is not null ? _pointer : throw new ObjectDisposedException(nameof(NativeBuffer));

    /// <summary>Floats of a pinned array: on the managed heap and not aligned, for the few results that callers keep.</summary>
    public static NativeBuffer Pinned(int length) => new(GC.AllocateArray<float>(length, pinned: true));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_pointer is not null && Array is null)
        {
            NativeMemory.AlignedFree(_pointer);
            GC.RemoveMemoryPressure(Math.Max(Length, 1) * sizeof(float));
        }

        _pointer = null;
    }
}
