using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace SuperRes.Torch.Loading;

/// <summary>
/// Loads a library from bytes, on Linux: through a file that exists in memory only, so that nothing has to be writable
/// and nobody can put another file in its place.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class MemoryLibrary
{
    private const uint CloseOnExec = 1;

    /// <exception cref="DllNotFoundException">The loader refuses it; the message is the loader's.</exception>
    /// <exception cref="IOException">The system gives no such file.</exception>
    public static nint Load(string name, ReadOnlySpan<byte> bytes)
    {
        var descriptor = CreateMemoryFile(name, CloseOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"No file in memory can be made for {name}: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(handle, bytes, 0);
        return NativeLibrary.Load($"/proc/self/fd/{descriptor}");
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateMemoryFile(string name, uint flags);
}
