using SuperRes.Torch.Loading;

namespace SuperRes.Torch.Tests.Loading;

public sealed class LibTorchTests : IDisposable
{
    private readonly string _package = Directory.CreateTempSubdirectory("superres-").FullName;

    public void Dispose() => Directory.Delete(_package, recursive: true);

    [Fact]
    public void Checked_WithoutAFolder_SaysHowToGetOne()
    {
        var error = Assert.Throws<TorchUnavailableException>(() => LibTorch.Checked(null));
        Assert.Contains("-p:Torch=cpu", error.Message, StringComparison.Ordinal);
        Assert.Contains("--libtorch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checked_AFolderWithoutLibTorch_SaysWhatIsExpected() =>
        Assert.Contains("torch/lib", Assert.Throws<TorchUnavailableException>(() => LibTorch.Checked(_package)).Message, StringComparison.Ordinal);

    [Fact]
    public void ThrowIfTwo_WithAnotherBesideTheProgramsOwn_SaysWhichBuildTakesIt()
    {
        LibTorch.ThrowIfTwo(_package, null);
        LibTorch.ThrowIfTwo(_package, _package + Path.DirectorySeparatorChar);
        var error = Assert.Throws<TorchUnavailableException>(() => LibTorch.ThrowIfTwo(_package, Path.Combine(_package, "own")));
        Assert.Contains("-p:Torch=installed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.10.0+cu128", true)]
    [InlineData("2.10.1", true)]
    [InlineData("2.1.0", false)]
    [InlineData("2.11.0+cu130", true)]
    [InlineData("2.12.0", false)]
    public void Checked_APyTorch_TakesTheVersionsThatWereTried(string version, bool taken)
    {
        var library = Directory.CreateDirectory(Path.Combine(_package, "lib")).FullName;
        File.WriteAllText(Path.Combine(library, NativeFolders.FileName("torch_cpu")), "");
        File.WriteAllText(Path.Combine(_package, "version.py"), $"__version__ = '{version}'\n");
        if (taken)
        {
            Assert.Equal(library, LibTorch.Checked(library));
            return;
        }

        Assert.Contains($"PyTorch {version}, and 2.10 or 2.11 is needed", Assert.Throws<TorchUnavailableException>(() => LibTorch.Checked(library)).Message, StringComparison.Ordinal);
    }
}
