using System.Text;
using SuperRes.Imaging.Reading;
using SuperRes.Imaging.Tests.Files;
using SuperRes.Imaging.Vips;

namespace SuperRes.Imaging.Tests.Reading;

/// <summary>Metadata of PNG files in the places and forms that the decoder overlooks.</summary>
public sealed class PngMetadataTests
{
    private const string Xmp = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><a tiff:Orientation="6"/></x:xmpmeta>""";

    [Fact]
    public void Read_ExifBehindThePixels_CountsAsIfBefore()
    {
        // Orientation 6: stored row by row as 1 2, upright they stand below each other.
        var exif = new TiffFile().Short(274, 6).Ascii(315, "Jane").Build();
        var file = PngFile.Append(PngFile.Build(2, 1, 8, PngFile.Gray, [1, 2]), ("eXIf", exif));

        var loaded = Fixture.Load(file);

        Assert.Equal((1, 2), (loaded.Pixels.Width, loaded.Pixels.Height));
        Assert.Equal([1, 2], loaded.Pixels.Samples<byte>().ToArray());
        var fields = TiffFile.Parse(loaded.Metadata.Exif.ToArray(), out var order);
        Assert.Equal([1], TiffFile.Numbers(fields[(0, 274)], order));
        Assert.Equal("Jane\0", Encoding.ASCII.GetString(fields[(0, 315)].Bytes));
        Assert.Empty(loaded.Notes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_XmpBehindThePixels_CountsAsIfBefore(bool compressed)
    {
        var text = Encoding.UTF8.GetBytes(Xmp);
        byte[] chunk = [.. "XML:com.adobe.xmp\0"u8, (byte)(compressed ? 1 : 0), 0, 0, 0, .. compressed ? PngFile.Compress(text) : text];
        var file = PngFile.Append(PngFile.Build(2, 1, 8, PngFile.Gray, [1, 2]), ("iTXt", chunk));

        var loaded = Fixture.Load(file);

        Assert.Equal(Xmp.Replace("\"6\"", "\"1\"", StringComparison.Ordinal), Encoding.UTF8.GetString(loaded.Metadata.Xmp.Span));
        Assert.Single(PngFile.Chunks(Encode.ToBytes(loaded, ImageFormat.Png, out _)), c => c.Type == "iTXt");
    }

    [Fact]
    public void Read_ColourChunksThatNoDecoderHeeds_DoNotTravel()
    {
        // The first gamma counts; the second, and what stands behind the pixels, does not.
        var file = PngFile.Append(
            PngFile.Build(2, 1, 8, PngFile.Rgb, [1, 2, 3, 4, 5, 6], ("gAMA", PngFile.BigEndian(50_000)), ("gAMA", PngFile.BigEndian(100_000)), ("sRGB", [0, 0])),
            ("cICP", [9, 16, 0, 1]));

        var loaded = Fixture.Load(file);

        var written = PngFile.Chunks(Encode.ToBytes(loaded, ImageFormat.Png, out _));
        Assert.Equal(PngFile.BigEndian(50_000), Assert.Single(written, chunk => chunk.Type == "gAMA").Data);
        Assert.DoesNotContain(written, chunk => chunk.Type is "cICP" or "sRGB");
        Assert.Equal("A chunk of type sRGB is damaged or too long and was left out.", Assert.Single(loaded.Notes));
    }

    [Theory]
    [InlineData("gAMA")]
    [InlineData("eXIf")]
    public void Read_AChunkWithAWrongChecksum_IsLeftOutWithANote(string type)
    {
        var file = PngFile.Build(2, 1, 8, PngFile.Gray, [1, 2], (type, type == "gAMA" ? PngFile.BigEndian(100_000) : new TiffFile().Short(274, 6).Build()));
        var end = file.AsSpan().IndexOf("IDAT"u8) - 4;
        file[end - 1] ^= 1;

        var loaded = Fixture.Load(file);

        Assert.Equal(2, loaded.Pixels.Width);
        Assert.DoesNotContain(PngFile.Chunks(Encode.ToBytes(loaded, ImageFormat.Png, out _)), chunk => chunk.Type == type);
        Assert.Equal($"A chunk of type {type} is damaged or too long and was left out.", Assert.Single(loaded.Notes));
    }

    [Fact]
    public void Read_TextsThatCantBeKept_AreNoted()
    {
        byte[] xmp = [.. "XML:com.adobe.xmp\0"u8, 1, 0, 0, 0, 1, 2, 3, 4];
        byte[] comment = [.. "Comment\0"u8, .. Enumerable.Repeat((byte)'x', 1_200_000)];
        byte[] raw = [.. "Raw profile type \u001b[31mred\n\0"u8, 0];

        var loaded = Fixture.Load(PngFile.Build(2, 1, 8, PngFile.Gray, [1, 2], ("iTXt", xmp), ("tEXt", comment), ("tEXt", raw)));

        Assert.Contains("The text chunk with XMP is damaged or too long and was left out.", loaded.Notes);
        Assert.Contains("A text comment of more than a megabyte was left out.", loaded.Notes);
        Assert.All(loaded.Notes, note => Assert.DoesNotContain(note, char.IsControl));
    }

    [Fact]
    public void Read_ExifBeforeAndBehindThePixels_TakesTheFirst()
    {
        var (first, second) = (new TiffFile().Short(274, 1).Build(), new TiffFile().Short(274, 6).Build());
        var file = PngFile.Append(PngFile.Build(2, 1, 8, PngFile.Gray, [1, 2], ("eXIf", first)), ("eXIf", second));

        Assert.Equal(2, Fixture.Load(file).Pixels.Width);
    }

    [Fact]
    public void Read_AnAnimation_TakesTheFirstFrameWithANote()
    {
        // acTL: number of frames, then of plays; fcTL: the first frame is the image itself (PNG specification, third edition, 11.3.6).
        byte[] frame = [.. PngFile.BigEndian(0), .. PngFile.BigEndian(2), .. PngFile.BigEndian(1), .. new byte[8], 0, 1, 0, 10, 0, 0];
        var loaded = Fixture.Load(PngFile.Build(
            2, 1, 8, PngFile.Gray, [1, 2], ("acTL", [.. PngFile.BigEndian(3), .. PngFile.BigEndian(0)]), ("fcTL", frame)));

        Assert.Equal([1, 2], loaded.Pixels.Samples<byte>().ToArray());
        Assert.Contains("3 frames", Assert.Single(loaded.Notes), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, bool> ExifForms() => new()
    {
        { "exif", "Exif\0\0", false }, { "exif", "", true }, { "APP1", "Exif\0\0", true },
    };

    [Theory]
    [MemberData(nameof(ExifForms))]
    public void Read_ExifAsATextProfile_CountsAsItsChunk(string kind, string prefix, bool compressed)
    {
        var exif = new TiffFile(bigEndian: true).Short(274, 6).Ascii(315, "Jane").Build();

        var loaded = Fixture.Load(WithProfile(kind, [.. Encoding.ASCII.GetBytes(prefix), .. exif], compressed));

        Assert.Equal(1, loaded.Pixels.Width);
        Assert.Equal("Jane\0", Encoding.ASCII.GetString(TiffFile.Parse(loaded.Metadata.Exif.ToArray(), out _)[(0, 315)].Bytes));
        Assert.Empty(loaded.Notes);
        Assert.DoesNotContain(PngFile.Chunks(Encode.ToBytes(loaded, ImageFormat.Png, out _)), c => c.Type is "tEXt" or "zTXt");
    }

    [Theory]
    [InlineData("xmp", "")]
    [InlineData("APP1", "http://ns.adobe.com/xap/1.0/\0")]
    public void Read_XmpAsATextProfile_CountsAsItsChunk(string kind, string prefix)
    {
        var loaded = Fixture.Load(WithProfile(kind, Encoding.UTF8.GetBytes(prefix + Xmp), compressed: true));

        Assert.StartsWith("<x:xmpmeta", Encoding.UTF8.GetString(loaded.Metadata.Xmp.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("icc")]
    [InlineData("icm")]
    public void Read_ColourProfileAsATextProfile_CountsAsItsChunk(string kind) =>
        Assert.Equal(IccProfile.GrayGamma(), Fixture.Load(WithProfile(kind, IccProfile.GrayGamma(), compressed: true)).Metadata.IccProfile.ToArray());

    [Fact]
    public void Read_IptcAsATextProfile_IsKept()
    {
        byte[] records = [0x1C, 2, 25, 0, 3, .. "one"u8];

        var loaded = Fixture.Load(WithProfile("iptc", [.. "8BIM\u0004\u0004\0\0\0\0\0\u0008"u8, .. records], compressed: false));

        Assert.Equal(records, loaded.Metadata.Iptc.ToArray());
    }

    [Theory]
    [InlineData("Raw profile type foo\0\nfoo\n       2\n0102\n", "'foo' was not kept")]
    [InlineData("Raw profile type exif\0\nexif\n       9\n0102\n", "'exif' is damaged")]
    [InlineData("Raw profile type exif\0\nexif\n       2\n01zz\n", "'exif' is damaged")]
    [InlineData("Raw profile type exif\0", "'exif' is damaged")]
    public void Read_ATextProfileThatIsLost_IsSaid(string chunk, string expected)
    {
        var loaded = Fixture.Load(PngFile.Build(1, 1, 8, PngFile.Gray, [0], ("tEXt", Encoding.ASCII.GetBytes(chunk))));

        Assert.Contains(expected, Assert.Single(loaded.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyTextsThatInflate_DecompressesTheFirstOfEachKnownKind()
    {
        // Sixty texts of 8 MiB each in some 8 KB.
        var bomb = PngFile.Compress(new byte[8 << 20]);
        (string, byte[])[] chunks =
        [
            .. Enumerable.Range(0, 20).Select(i => ("zTXt", Keyword($"Raw profile type foo{i}", [0, .. bomb]))),
            .. Enumerable.Repeat(("zTXt", Keyword("Raw profile type exif", [0, .. bomb])), 20),
            .. Enumerable.Repeat(("iTXt", Keyword("XML:com.adobe.xmp", [1, 0, 0, 0, .. bomb])), 20),
        ];
        using var file = new MemoryStream(PngFile.Build(1, 1, 8, PngFile.Gray, [0], chunks));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var extras = PngExtras.Read(file, TestContext.Current.CancellationToken);

        // Two texts of 8 MiB, each in a buffer that doubles as it grows.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 128 << 20);
        Assert.Equal(8 << 20, extras.Xmp.Length);
        Assert.Equal(21, extras.Notes.Count);
    }

    [Fact]
    public void Read_ProfilesBeyondTheLimitOfAllTogether_AreSaidToBeTooLong()
    {
        // 12 MiB each, of which two fit in 32 MiB.
        var text = Encoding.ASCII.GetBytes($"\nx\n{6 << 20}\n" + new string('0', 12 << 20));
        var compressed = PngFile.Compress(text);
        string[] kinds = ["exif", "iptc", "icc", "xmp"];
        using var file = new MemoryStream(PngFile.Build(
            1, 1, 8, PngFile.Gray, [0], [.. kinds.Select(kind => ("zTXt", Keyword("Raw profile type " + kind, [0, .. compressed])))]));

        var extras = PngExtras.Read(file, TestContext.Current.CancellationToken);

        Assert.Equal((6 << 20, 6 << 20, 0, 0), (extras.Exif.Length, extras.Iptc.Length, extras.IccProfile.Length, extras.Xmp.Length));
        Assert.Equal(["icc", "xmp"], extras.Notes.Select(note => note.Split('\'')[1]));
    }

    [Fact]
    public void Read_Texts_AreHiddenFromTheDecoderAndNothingElseIs()
    {
        var plain = PngFile.Append(PngFile.Build(2, 1, 8, PngFile.Gray, [1, 2], ("gAMA", PngFile.BigEndian(45455))), ("eXIf", [1, 2, 3]));
        var text = Keyword("Comment", [.. "hello"u8]);
        var withTexts = PngFile.Append(
            PngFile.Build(2, 1, 8, PngFile.Gray, [1, 2], ("tEXt", text), ("zTXt", text), ("gAMA", PngFile.BigEndian(45455)), ("iTXt", text)),
            ("eXIf", [1, 2, 3]), ("tEXt", text));
        using var file = new MemoryStream([9, 9, 9, .. withTexts]) { Position = 3 };
        var hidden = PngExtras.Read(file, TestContext.Current.CancellationToken).Hidden;
        file.Position = 3;
        using var seen = new MemoryStream();

        new CutStream(file, hidden).CopyTo(seen);

        Assert.Equal(plain, seen.ToArray());
        Assert.Equal([1, 2], Fixture.Load(withTexts).Pixels.Samples<byte>().ToArray());
    }

    [Fact]
    public void Read_ManyTexts_StopsWhenCancelled()
    {
        using var file = new MemoryStream(PngFile.Build(1, 1, 8, PngFile.Gray, [0], ("tEXt", [.. "Comment\0hello"u8])));

        Assert.ThrowsAny<OperationCanceledException>(() => PngExtras.Read(file, new CancellationToken(canceled: true)));
    }

    private static byte[] Keyword(string keyword, byte[] rest) => [.. Encoding.ASCII.GetBytes(keyword), 0, .. rest];

    // As ImageMagick writes it: the kind, the length right-aligned in 8, and 72 hexadecimal digits a line.
    private static byte[] WithProfile(string kind, byte[] data, bool compressed)
    {
        var lines = Convert.ToHexStringLower(data).Chunk(72).Select(digits => new string(digits) + "\n");
        var text = Encoding.ASCII.GetBytes($"\n{kind}\n{data.Length,8}\n{string.Concat(lines)}");
        byte[] keyword = [.. Encoding.ASCII.GetBytes("Raw profile type " + kind), 0];
        return PngFile.Build(2, 1, 8, PngFile.Gray, [1, 2], compressed ? ("zTXt", [.. keyword, 0, .. PngFile.Compress(text)]) : ("tEXt", [.. keyword, .. text]));
    }
}
