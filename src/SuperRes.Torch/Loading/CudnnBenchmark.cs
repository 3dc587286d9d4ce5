using System.Runtime.InteropServices;

namespace SuperRes.Torch.Loading;

/// <summary>
/// cuDNN's choice of algorithms by timing them, once per shape (<c>torch.backends.cudnn.benchmark</c>): training sees the
/// same shapes for thousands of steps. TorchSharp 0.107 has no function for it, so libtorch's own is called by its C++
/// name, which is known for GCC and Clang.
/// </summary>
internal static unsafe class CudnnBenchmark
{
    private const string GlobalContext = "_ZN2at13globalContextEv";
    private const string Setter = "_ZN2at7Context17setBenchmarkCuDNNEb";
    private const string Getter = "_ZNK2at7Context14benchmarkCuDNNEv";

    /// <summary>Turns it on for the process; a libtorch without these names is left as it is.</summary>
    /// <param name="library">libtorch_cpu, loaded.</param>
    /// <returns>Whether it is on.</returns>
    public static bool TurnOn(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, GlobalContext, out var context)
            || !NativeLibrary.TryGetExport(library, Setter, out var set)
            || !NativeLibrary.TryGetExport(library, Getter, out var get))
        {
            return false;
        }

        var instance = ((delegate* unmanaged<nint>)context)();
        ((delegate* unmanaged<nint, byte, void>)set)(instance, 1);
        return ((delegate* unmanaged<nint, byte>)get)(instance) != 0;
    }
}
