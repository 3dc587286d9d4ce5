using System.Runtime.InteropServices;
using SuperRes.Imaging.Vips;
using VipsApi = NetVips.NetVips;

namespace SuperRes.Imaging;

/// <summary>What decoders and encoders may use of the machine; for the whole process.</summary>
public static partial class ImageCodecs
{
    // malloc.h of glibc.
    private const int MmapThreshold = -3;
    private const int MmapThresholdBytes = 128 << 10;

    // A pipeline keeps lines for as many threads as it may use; measured with one, on images 10,000 to 60,000 pixels wide.
    private const int LinesWhileReading = 768;
    private const int LinesWhileWriting = 1152;

    /// <summary>
    /// From now on images are decoded and encoded on one thread each, and what is freed goes back to the system. Rows in work
    /// then take a half to a third of the memory on a machine of eight cores, and no more time; AVIF and JPEG XL, which are
    /// encoded as wholes, take longer.
    /// </summary>
    /// <exception cref="ImageFileException">libvips can't be loaded on this machine.</exception>
    public static void SaveMemory()
    {
        VipsRuntime.EnsureStarted();
        VipsApi.Concurrency = 1;
        if (OperatingSystem.IsLinux())
        {
            ReturnFreedMemory();
        }
    }

    /// <summary>Bytes of the lines that libvips keeps while it decodes rows of so many bytes one after another.</summary>
    internal static long MemoryOfReading(long rowBytes) => LinesWhileReading * rowBytes;

    /// <summary>Bytes of the lines that libvips keeps while it encodes rows of so many bytes one after another.</summary>
    internal static long MemoryOfWriting(long rowBytes) => LinesWhileWriting * rowBytes;

    /// <summary>glibc stops to give blocks back on their own once one as large was freed, unless the size is set.</summary>
    private static void ReturnFreedMemory()
    {
        try
        {
            _ = SetAllocatorOption(MmapThreshold, MmapThresholdBytes);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library, such as musl, whose allocator gives large blocks back anyway.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocatorOption(int option, int value);
}
