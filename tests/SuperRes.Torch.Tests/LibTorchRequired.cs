using SuperRes.Torch.Loading;

namespace SuperRes.Torch.Tests;

/// <summary>Skips a test, with the reason, where libtorch can't be had: its packages are for some platforms only.</summary>
internal static class LibTorchRequired
{
    /// <summary>Whether there is a package for this platform; then a failure to load is a failure.</summary>
    private static readonly bool IsPackaged = NativeFolders.Find(NativeFolders.FileName("torch_cpu")) is not null;

    public static void OrSkip()
    {
        Assert.SkipUnless(IsPackaged, "libtorch is not packaged for this platform.");
        LibTorch.Load();
    }
}
