using SuperRes.Imaging.Tests.Files;

namespace SuperRes.Imaging.Tests.Reading;

/// <summary>Raw files open as their thumbnail, which must not be taken for the photograph.</summary>
public sealed class CameraRawTests
{
    public static TheoryData<string, byte[]> RawFiles() => new()
    {
        { "DNG", Image().Bytes(50706, [1, 4, 0, 0]).Build([5]) },
        { "NEF", Image().Long(254, 1).Child(330, new TiffFile().Long(254, 0)).Build([5]) },
        { "big-endian NEF", TiffFile.Image(1, 1, 1, 8, bigEndian: true).Long(254, 1).Child(330, new TiffFile(true).Long(254, 0)).Build([5]) },
        { "CR3", [0, 0, 0, 24, .. "ftypcrx \0\0\0\u0001crx isom"u8] },
        { "RAF", [.. "FUJIFILMCCD-RAW 0201FF383501"u8] },
        { "ORF", [.. "IIRO\b\0\0\0"u8] },
        { "RW2", [.. "IIU\0\b\0\0\0"u8] },
        { "CR2", [.. Image().Build([(byte)'C', (byte)'R', 2, 0])] },
    };

    [Theory]
    [MemberData(nameof(RawFiles))]
    public void Read_ACamerasRawFile_IsRefusedByItsContent(string kind, byte[] file)
    {
        var error = Assert.Throws<ImageFileException>(() => Fixture.Load(file));

        Assert.True(error.Message.Contains("raw file", StringComparison.Ordinal), $"{kind}: {error.Message}");
        Assert.Contains("PNG, JPEG", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Read_ATiffNamedAsARawFile_IsRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("DSC_0001.NEF"), Image().Build([5]));

        var error = Assert.Throws<ImageFileException>(() => ImageFile.ReadHeader(folder.File("DSC_0001.NEF")));

        Assert.Contains("DSC_0001.NEF", error.Message, StringComparison.Ordinal);
        Assert.Contains("raw file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ATiffWithAReducedCopyBelow_IsAnImage()
    {
        var pyramid = Image().Long(254, 0).Child(330, new TiffFile().Long(254, 1)).Build([5]);

        Assert.Equal([5], Fixture.Load(pyramid).Pixels.Samples<byte>().ToArray());
    }

    private static TiffFile Image() => TiffFile.Image(1, 1, 1, 8);
}
