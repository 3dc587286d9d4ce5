using System.Runtime.CompilerServices;

namespace SuperRes.Engine.Memory;

/// <summary>
/// The processor's cache lines, and places on the stack that begin with one. The stack itself is aligned to 16 bytes only,
/// and a vector of 64 bytes that lies across two lines is read and written twice.
/// </summary>
internal static unsafe class CacheLine
{
    /// <summary>Bytes of a line.</summary>
    public const int Size = 64;

    /// <summary>Floats of a line.</summary>
    public const int Floats = Size / sizeof(float);

    /// <summary>Bytes to ask for where <paramref name="count"/> vectors are to find room behind <see cref="Align"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Room<TSimd>(int count)
        where TSimd : unmanaged => (count * sizeof(TSimd)) + Size;

    /// <summary>The first line's begin at or behind a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSimd* Align<TSimd>(byte* place)
        where TSimd : unmanaged => (TSimd*)(((nint)place + Size - 1) & ~(nint)(Size - 1));
}
