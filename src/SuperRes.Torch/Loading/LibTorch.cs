using System.Runtime.InteropServices;
using TorchSharp;

namespace SuperRes.Torch.Loading;

/// <summary>
/// Loads libtorch and TorchSharp's own library, once per process and before anything of TorchSharp is used. TorchSharp
/// finds what is loaded by its name.
/// </summary>
public static class LibTorch
{
    /// <summary>The environment variable that <see cref="Folder"/> starts with.</summary>
    public const string FolderVariable = "SUPERRES_LIBTORCH";

    /// <summary>The libtorch that TorchSharp 0.107 is made for; others may have other functions under the same names.</summary>
    public const string Version = "2.10";

    /// <summary>The versions that have been used; 2.11 still has what SuperRes calls.</summary>
    private static readonly string[] Versions = [Version, "2.11"];

    /// <summary>The version of the C++ runtime that TorchSharp's library asks for, of which it uses nothing.</summary>
    internal const string RuntimeVersion = "GLIBCXX_3.4.32";

    /// <summary>The one symbol of that version: a marker that GCC 13.2 and newer put into what they compile.</summary>
    private const string RuntimeMarker = "_ZSt21ios_base_library_initv";

    private static readonly Lock Gate = new();
    private static bool _loaded;
    private static nint _library;

    /// <summary>
    /// Where libtorch is: <c>torch/lib</c> of an installed PyTorch, for instance. Null for the program's own. Set it
    /// before the first use.
    /// </summary>
    public static string? Folder { get; set; } = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? folder : null;

    /// <summary>Lets cuDNN time its algorithms for each shape and keep the fastest, where this libtorch has the function.</summary>
    /// <returns>Whether it does.</returns>
    internal static bool TurnOnCudnnBenchmark()
    {
        Load();
        return CudnnBenchmark.TurnOn(_library);
    }

    /// <summary>Loads it, if that has not been done.</summary>
    /// <exception cref="TorchUnavailableException">It is not there or can't be loaded; the message says what to do.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (_loaded)
            {
                return;
            }

            var own = NativeFolders.Find(NativeFolders.FileName("torch_cpu"));
            var library = Checked(Folder ?? own);
            ThrowIfTwo(library, own);
            try
            {
                LoadLibraries(library);
                LoadBridge();
                torch.InitializeDeviceType(DeviceType.CPU);
            }
            catch (Exception exception) when (exception is not TorchUnavailableException)
            {
                throw new TorchUnavailableException($"libtorch in '{library}' can't be loaded: {exception.Message}", exception);
            }

            _loaded = true;
        }
    }

    /// <summary>The folder of libtorch, if it is one.</summary>
    internal static string Checked(string? folder)
    {
        if (folder is null)
        {
            throw new TorchUnavailableException(
                $"libtorch is not part of this program. Build it with -p:Torch=cpu or -p:Torch=cuda, or name the torch/lib folder of a PyTorch {Version} in {FolderVariable} or by --libtorch.");
        }

        if (!File.Exists(Path.Combine(folder, NativeFolders.FileName("torch_cpu"))))
        {
            throw new TorchUnavailableException($"'{folder}' holds no {NativeFolders.FileName("torch_cpu")}. Expected is the torch/lib folder of a PyTorch {Version}.");
        }

        if (PythonPackage.VersionOf(folder) is { } version && !Versions.Any(known => version.StartsWith(known + ".", StringComparison.Ordinal)))
        {
            throw new TorchUnavailableException($"'{folder}' is PyTorch {version}, and {string.Join(" or ", Versions)} is needed: its functions are called by their addresses.");
        }

        return folder;
    }

    /// <summary>TorchSharp would load the program's own beside the one that was asked for, and the two end the process.</summary>
    internal static void ThrowIfTwo(string library, string? own)
    {
        if (own is not null && Path.GetFullPath(own).TrimEnd(Path.DirectorySeparatorChar) != Path.GetFullPath(library).TrimEnd(Path.DirectorySeparatorChar))
        {
            throw new TorchUnavailableException(
                $"This program has a libtorch of its own, in '{own}', and can't use that in '{library}'. Build it with -p:Torch=installed for that, or leave --libtorch and {FolderVariable} out.");
        }
    }

    /// <summary>
    /// Dependencies first, so that each finds the last by its name wherever it lies. The CUDA libraries are there in a
    /// CUDA build only, and need the driver.
    /// </summary>
    private static void LoadLibraries(string folder)
    {
        foreach (var name in new[] { "torch_global_deps", "c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch" })
        {
            var path = Path.Combine(folder, NativeFolders.FileName(name));
            if (File.Exists(path))
            {
                var library = NativeLibrary.Load(path);
                _library = name == "torch_cpu" ? library : _library;
            }
        }
    }

    private static void LoadBridge()
    {
        var name = NativeFolders.FileName("LibTorchSharp");
        var folder = NativeFolders.Find(name)
            ?? throw new TorchUnavailableException($"{name} is not beside the program: it comes with TorchSharp, which has it for linux-x64, win-x64, win-arm64 and osx-arm64.");
        var path = Path.Combine(folder, name);
        if (!OperatingSystem.IsLinux() || HasRuntime())
        {
            NativeLibrary.Load(path);
            return;
        }

        var bytes = File.ReadAllBytes(path);
        if (!VersionNeeds.MakeWeak(bytes, RuntimeVersion))
        {
            throw new TorchUnavailableException(
                $"'{path}' does not ask for {RuntimeVersion} in a way that is known here, and this system's libstdc++ is older. Use a system with GCC 13.2's libstdc++ or newer (Debian 13, Ubuntu 24.04).");
        }

        MemoryLibrary.Load(name, bytes);
    }

    /// <summary>Whether the system's libstdc++ is as new as TorchSharp's library asks for.</summary>
    private static bool HasRuntime() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out var runtime) && NativeLibrary.TryGetExport(runtime, RuntimeMarker, out _);
}
