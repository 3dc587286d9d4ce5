using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Upscaling;

namespace SuperRes.Tests.Upscaling;

public sealed class DefaultMethodTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("superres-default-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData(2.0)]
    [InlineData(4.0)]
    public void DefaultName_WithoutModels_IsBicubic(double? scale) => Assert.Equal("bicubic", UpscalingMethods.DefaultName(scale, new ModelLibrary(_folder)));

    [Theory]
    [InlineData(null, "edsr-x4")]
    [InlineData(4.0, "edsr-x4")]
    [InlineData(3.5, "edsr-x4")]
    [InlineData(3.0, "edsr-x3")]
    [InlineData(2.0, "edsr-x3")]
    [InlineData(1.25, "edsr-x3")]
    [InlineData(5.0, "espcn-x8")]
    [InlineData(8.0, "espcn-x8")]
    [InlineData(1.0, "bicubic")]
    [InlineData(0.5, "bicubic")]
    [InlineData(8.5, "bicubic")]
    public void DefaultName_WithModels_IsTheBestNetworkAtTheSmallestScaleThatReaches(double? scale, string expected)
    {
        foreach (var (name, options) in ((string, NetworkOptions)[])[("edsr-x4", new EspcnOptions()), ("edsr-x3", new EspcnOptions { Scale = 3 }), ("espcn-x8", new EspcnOptions { Scale = 8 }), ("espcn-x2", new EspcnOptions { Scale = 2 })])
        {
            ModelFile.Save(Model.Initialize(options, 0, name), Path.Combine(_folder, name + ModelFile.Extension));
        }

        Assert.Equal(expected, UpscalingMethods.DefaultName(scale, new ModelLibrary(_folder)));
    }
}
