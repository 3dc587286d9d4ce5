using NetVips;
using VipsApi = NetVips.NetVips;

namespace SuperRes.Imaging.Vips;

/// <summary>Starts libvips once per process: silent, and with a small cache.</summary>
internal static class VipsRuntime
{
    // Kept alive for the life of the process: native code calls it.
    private static readonly Log.LogDelegate Silence = (_, _, _) => { };

    private static readonly Lazy<string?> Fault = new(Start);

    /// <summary>Makes sure that libvips is there.</summary>
    /// <exception cref="ImageFileException">The native library can't be loaded.</exception>
    public static void EnsureStarted()
    {
        if (Fault.Value is { } fault)
        {
            throw new ImageFileException(fault);
        }
    }

    /// <summary>Whether libvips here has an operation, by its nickname, such as <c>jxlload_source</c>.</summary>
    public static bool HasOperation(string nickname)
    {
        EnsureStarted();
        return VipsApi.TypeFind("VipsOperation", nickname) != IntPtr.Zero;
    }

    private static string? Start()
    {
        if (!ModuleInitializer.VipsInitialized)
        {
            var cause = ModuleInitializer.Exception?.GetBaseException().Message.ReplaceLineEndings(" ") ?? "no reason given";
            return $"libvips, which reads and writes image files, can't be loaded on this machine ({cause}). " +
                "Add the package NetVips.Native for this platform, or install libvips 8.18 or newer.";
        }

        // 8.18 brought the last option used here, "exact" of webpsave; 8.17 "unlimited" of tiffload.
        if (!VipsApi.AtLeastLibvips(8, 18))
        {
            return $"libvips {VipsApi.Version(0)}.{VipsApi.Version(1)} is installed, and 8.18 or newer is needed. " +
                "Add the package NetVips.Native for this platform, or install a newer libvips.";
        }

        foreach (var domain in (string[])["VIPS", "GLib", "GLib-GObject"])
        {
            Log.SetLogHandler(domain, Enums.LogLevelFlags.All & ~Enums.LogLevelFlags.FlagFatal, Silence);
        }

        // Every image is used once, so remembered operations only hold memory.
        Cache.Max = 0;
        return null;
    }
}
