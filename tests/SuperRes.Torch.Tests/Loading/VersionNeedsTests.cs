using System.Diagnostics;
using SuperRes.Torch.Loading;

namespace SuperRes.Torch.Tests.Loading;

public sealed class VersionNeedsTests
{
    [Fact]
    public void MakeWeak_OfTorchSharpsLibrary_ChangesOneBitAndReadelfSaysWeak()
    {
        var name = "libLibTorchSharp.so";
        var folder = NativeFolders.Find(name);
        Assert.SkipWhen(folder is null, "TorchSharp's Linux library is not beside the tests.");
        var before = File.ReadAllBytes(Path.Combine(folder, name));
        byte[] after = [.. before];
        Assert.True(VersionNeeds.MakeWeak(after, LibTorch.RuntimeVersion));

        var place = Assert.Single(Enumerable.Range(0, before.Length), i => before[i] != after[i]);
        Assert.Equal(before[place] | 2, after[place]);
        AssertReadelfSaysWeak(after);
    }

    [Fact]
    public void MakeWeak_OfAVersionThatIsNotAskedFor_ChangesNothing()
    {
        var name = "libLibTorchSharp.so";
        var folder = NativeFolders.Find(name);
        Assert.SkipWhen(folder is null, "TorchSharp's Linux library is not beside the tests.");
        var before = File.ReadAllBytes(Path.Combine(folder, name));
        byte[] after = [.. before];
        Assert.False(VersionNeeds.MakeWeak(after, "GLIBCXX_9.9"));
        Assert.Equal(before, after);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(4096)]
    public void MakeWeak_OfSomethingElse_IsFalse(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        Assert.False(VersionNeeds.MakeWeak(bytes, LibTorch.RuntimeVersion));
        "\u007fELF\u0002\u0001"u8[..Math.Min(6, length)].CopyTo(bytes);
        Assert.False(VersionNeeds.MakeWeak(bytes, LibTorch.RuntimeVersion));
    }

    /// <summary>Binutils as the witness, where they are installed.</summary>
    private static void AssertReadelfSaysWeak(byte[] library)
    {
        if (!File.Exists("/usr/bin/readelf"))
        {
            return;
        }

        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, library);
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/readelf", ["-V", path]) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n').Where(line => line.Contains(LibTorch.RuntimeVersion, StringComparison.Ordinal) && line.Contains("Flags", StringComparison.Ordinal));
        Assert.Contains("WEAK", Assert.Single(lines), StringComparison.Ordinal);
        File.Delete(path);
    }
}
