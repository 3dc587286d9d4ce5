using System.IO.Compression;
using System.Text;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Download;

namespace SuperRes.Imaging.Tests.Data.Download;

public sealed class ZipExtractorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Extract_OfASoundArchive_AddsItsFilesToTheFolder()
    {
        Directory.CreateDirectory(_folder["target", "LR", "X2"]);
        File.WriteAllText(_folder["target", "LR", "X2", "a.png"], "kept");
        File.WriteAllText(_folder["target", "old.png"], "replaced");
        var zip = ZipFiles.Create(("LR/", []), ("LR/X4/", []), ("LR/X4/a.png", "one"u8.ToArray()), ("old.png", "new"u8.ToArray()), ("empty.png", []));

        var files = Extract(zip);

        Assert.Equal([("LR/X4/a.png", 3L), ("old.png", 3L), ("empty.png", 0L)], files.Select(file => (file.Path, file.Bytes)));
        Assert.Equal(["LR/X2/a.png", "LR/X4/a.png", "empty.png", "old.png"], TargetFiles());
        Assert.Equal("one", File.ReadAllText(_folder["target", "LR", "X4", "a.png"]));
        Assert.Equal("new", File.ReadAllText(_folder["target", "old.png"]));
    }

    [Fact]
    public void Extract_OfBackslashes_TakesThemForFolders()
    {
        Extract(ZipFiles.Create((@"HR\a.png", "one"u8.ToArray())));

        Assert.Equal(["HR/a.png"], TargetFiles());
    }

    [Theory]
    [InlineData("../evil.png")]
    [InlineData("HR/../../evil.png")]
    [InlineData("..")]
    [InlineData(@"..\evil.png")]
    [InlineData("/etc/evil.png")]
    [InlineData(@"\evil.png")]
    [InlineData("C:/evil.png")]
    [InlineData("C:evil.png")]
    [InlineData("HR/./evil.png")]
    [InlineData("HR//evil.png")]
    [InlineData("HR/a.png:stream")]
    [InlineData(".. /evil.png")]
    [InlineData("HR/a\nb.png")]
    [InlineData("HR/a\0.png")]
    public void Extract_OfAnEscapingName_RefusesTheWholeArchive(string name)
    {
        var zip = ZipFiles.Create(("HR/good.png", "one"u8.ToArray()), (name, "two"u8.ToArray()));

        var error = Assert.Throws<DatasetException>(() => Extract(zip));

        Assert.Contains("damaged or hostile", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(["archive.zip"], _folder.Files());
    }

    [Theory]
    [InlineData(0xA1FF)] // symbolic link
    [InlineData(0x21B6)] // character device
    [InlineData(0x11B6)] // named pipe
    public void Extract_OfALinkOrADevice_RefusesTheWholeArchive(int unixMode)
    {
        var zip = ZipFiles.Create(
            CompressionLevel.NoCompression, entry => entry.ExternalAttributes = unixMode << 16, ("HR/link", "/etc/passwd"u8.ToArray()));

        var error = Assert.Throws<DatasetException>(() => Extract(zip));

        Assert.Contains("is a link or a device", error.Message, StringComparison.Ordinal);
        Assert.Equal(["archive.zip"], _folder.Files());
    }

    [Fact]
    public void Extract_OfRegularUnixFiles_Accepts()
    {
        Extract(ZipFiles.Create(CompressionLevel.NoCompression, entry => entry.ExternalAttributes = 0x81A4 << 16, ("HR/a.png", "one"u8.ToArray())));

        Assert.Equal(["HR/a.png"], TargetFiles());
    }

    [Fact]
    public void Extract_OfABomb_RefusesBeforeWriting()
    {
        var zip = ZipFiles.Create(CompressionLevel.SmallestSize, _ => { }, ("zeros.png", new byte[5_000_000]));

        var error = Assert.Throws<DatasetException>(() => Extract(zip));

        Assert.Contains("more than 20 times its own size", error.Message, StringComparison.Ordinal);
        Assert.Equal(["archive.zip"], _folder.Files());
    }

    [Fact]
    public void Extract_OfABombThatLiesAboutItsSize_StopsAtTheLie()
    {
        var zip = ZipFiles.ClaimLength(ZipFiles.Create(CompressionLevel.SmallestSize, _ => { }, ("zeros.png", new byte[5_000_000])), 1000);

        Assert.Throws<DatasetException>(() => Extract(zip));

        Assert.Equal(["archive.zip"], _folder.Files());
    }

    [Fact]
    public void Extract_OfAnEntryShorterThanClaimed_Refuses()
    {
        var zip = ZipFiles.ClaimLength(ZipFiles.Create(("a.png", Encoding.ASCII.GetBytes("some content here"))), 99);

        Assert.Throws<DatasetException>(() => Extract(zip));

        Assert.Equal(["archive.zip"], _folder.Files());
    }

    [Fact]
    public void Extract_OfAChangedByte_Refuses()
    {
        var zip = ZipFiles.Create(("HR/a.png", "some content"u8.ToArray()));
        zip[zip.AsSpan().IndexOf("some content"u8)] ^= 1;

        var error = Assert.Throws<DatasetException>(() => Extract(zip));

        Assert.Contains("'HR/a.png' does not have the length or checksum", error.Message, StringComparison.Ordinal);
        Assert.Equal(["archive.zip"], _folder.Files());
    }

    [Fact]
    public void Extract_OfTooManyEntries_Refuses()
    {
        var zip = ZipFiles.Create([.. Enumerable.Range(0, 11).Select(i => ($"{i}.png", new byte[1]))]);

        var error = Assert.Throws<DatasetException>(() => Extract(zip, limits: new ExtractionLimits { Entries = 10 }));

        Assert.Contains("holds 11 entries, and at most 10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_OfTwoEntriesThatOneDiskCallsTheSame_Refuses()
    {
        var error = Assert.Throws<DatasetException>(() => Extract(ZipFiles.Create(("HR/a.png", [1]), ("hr/A.PNG", [2]))));

        Assert.Contains("twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extract_OfAFileThatIsAlsoAFolder_Refuses()
    {
        Assert.Throws<DatasetException>(() => Extract(ZipFiles.Create(("HR", [1]), ("HR/a.png", [2]))));

        Assert.Equal(["archive.zip"], _folder.Files());
    }

    [Fact]
    public void Extract_OfAnEncryptedEntry_Refuses()
    {
        var error = Assert.Throws<DatasetException>(() => Extract(ZipFiles.MarkEncrypted(ZipFiles.Create(("a.png", [1])))));

        Assert.Contains("is encrypted", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public void Extract_OfATruncatedArchive_SaysThatItIsNoZip(double share)
    {
        var zip = ZipFiles.Create(("a.png", new byte[1000]), ("b.png", new byte[1000]));

        var error = Assert.Throws<DatasetException>(() => Extract(zip[..(int)(zip.Length * share)]));

        Assert.Contains("archive.zip", error.Message, StringComparison.Ordinal);
        Assert.Equal(["archive.zip"], _folder.Files());
    }

    [Fact]
    public void Extract_OfAnyMutation_EitherWorksOrRefuses()
    {
        var sound = ZipFiles.Create(CompressionLevel.Fastest, _ => { }, ("HR/a.png", [.. "abcdefgh"u8, .. new byte[200]]), ("HR/b.png", new byte[50]));
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var zip = (byte[])sound.Clone();
            for (var j = random.Next(1, 4); j > 0; j--)
            {
                zip[random.Next(zip.Length)] = (byte)random.Next(256);
            }

            var error = Record.Exception(() => Extract(zip));

            Assert.True(error is null or DatasetException, $"Mutation {i}: {error}");
            Assert.All(_folder.Files(), file => Assert.False(file.Contains("unpacking", StringComparison.Ordinal), $"Mutation {i} left {file}."));
        }
    }

    [Fact]
    public void Extract_WithoutEnoughSpace_SaysSo()
    {
        var error = Assert.Throws<DatasetException>(() => Extract(ZipFiles.Create(("a.png", new byte[3000])), space: 2048));

        Assert.Contains("2.9 KiB", error.Message, StringComparison.Ordinal);
        Assert.Equal(["archive.zip"], _folder.Files());
    }

    [Fact]
    public void Extract_WhenCancelled_LeavesTheFolderAsItWas()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => Extract(ZipFiles.Create(("a.png", [1])), cancellationToken: cancelled.Token));

        Assert.Equal(["archive.zip"], _folder.Files());
    }

    private IReadOnlyList<ExtractedFile> Extract(byte[] zip, ExtractionLimits? limits = null, long space = long.MaxValue, CancellationToken cancellationToken = default)
    {
        File.WriteAllBytes(_folder["archive.zip"], zip);
        return new ZipExtractor(limits ?? new(), _ => space).Extract(_folder["archive.zip"], _folder["target"], cancellationToken: cancellationToken);
    }

    private string[] TargetFiles() =>
        [.. _folder.Files().Where(file => file.StartsWith("target/", StringComparison.Ordinal)).Select(file => file["target/".Length..])];
}
