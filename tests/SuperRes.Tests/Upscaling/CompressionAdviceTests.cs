using SuperRes.ModelFiles;
using SuperRes.Networks.Architectures;
using SuperRes.Upscaling;

namespace SuperRes.Tests.Upscaling;

public sealed class CompressionAdviceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("superres-advice-").FullName;

    public CompressionAdviceTests()
    {
        Save("edsr-x4", 4);
        Save("edsr-x2", 2);
        Save("espcn-x4", 4);
        Save("photo-x4", 4);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("edsr-x4", 85, 4.0, true)]
    [InlineData("edsr-x4", 1, 2.5, true)]
    [InlineData("edsr-x4", 86, 4.0, false)]
    [InlineData("edsr-x4", null, 4.0, false)]
    [InlineData("edsr-x2", 40, 2.0, false)] // no photo-x2 is there
    [InlineData("edsr-x4", 40, 2.0, false)] // not the default, so somebody chose it
    [InlineData("espcn-x4", 40, 4.0, false)]
    [InlineData("photo-x4", 40, 4.0, false)]
    [InlineData("bicubic", 40, 1.0, false)]
    public void For_AnImage_SpeaksWhereTheDefaultSharpensWhatJpegLeft(string method, int? quality, double scale, bool speaks) =>
        Assert.Equal(speaks, CompressionAdvice.For(method, quality, scale, new ModelLibrary(_folder)) is not null);

    [Fact]
    public void For_WithoutThatNetwork_SaysNothing()
    {
        File.Delete(Path.Combine(_folder, "photo-x4" + ModelFile.Extension));

        Assert.Null(CompressionAdvice.For("edsr-x4", 40, 4, new ModelLibrary(_folder)));
    }

    private void Save(string name, int scale) =>
        ModelFile.Save(Model.Initialize(new EspcnOptions { Scale = scale }, 0, name), Path.Combine(_folder, name + ModelFile.Extension));
}
