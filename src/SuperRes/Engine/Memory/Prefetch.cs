using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SuperRes.Engine.Memory;

/// <summary>
/// Asks for memory before it is needed. The tiles of a convolution jump between rows in a way that the processor's own
/// prefetcher does not foresee. Does nothing where .NET has no such instruction.
/// </summary>
internal static unsafe class Prefetch
{
    /// <summary>Fetches the cache line of a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(float* source)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(source);
        }
    }

    /// <summary>Fetches the cache lines of a run of floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(float* source, nint length)
    {
        for (nint i = 0; Sse.IsSupported && i < length; i += CacheLine.Floats)
        {
            Line(source + i);
        }
    }
}
