using SuperRes.Torch.Loading;

namespace SuperRes.Torch.Tests.Loading;

public sealed class PythonPackageTests
{
    [Fact]
    public void VersionOf_AnInstalledPackage_IsWhatItSays()
    {
        var package = Directory.CreateTempSubdirectory("superres-").FullName;
        var library = Directory.CreateDirectory(Path.Combine(package, "lib")).FullName;
        Assert.Null(PythonPackage.VersionOf(library));

        // As PyTorch's build writes it.
        File.WriteAllText(Path.Combine(package, "version.py"), "from typing import Optional\n\n__all__ = ['__version__', 'debug', 'cuda']\n__version__ = '2.10.0+cu128'\ndebug = False\n");
        Assert.Equal("2.10.0+cu128", PythonPackage.VersionOf(library));
        Directory.Delete(package, recursive: true);
    }
}
