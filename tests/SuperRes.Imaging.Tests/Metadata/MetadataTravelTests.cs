using System.Text;
using SuperRes.Imaging.Tests.Files;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Metadata;

/// <summary>Writes everything that a photograph can carry and looks for it in the file by the container's specification.</summary>
public sealed class MetadataTravelTests
{
    private const string Xmp = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:ImageWidth="5"/></x:xmpmeta>""";

    private static readonly byte[] Iptc = [0x1C, 2, 25, 0, 3, (byte)'o', (byte)'n', (byte)'e'];

    private static readonly byte[] MakerNote = [.. Enumerable.Range(0, 31).Select(i => (byte)(i * 7))];

    public static TheoryData<ImageFormat, bool> FormatsAndByteOrders { get; } = new()
    {
        { ImageFormat.Png, false }, { ImageFormat.Png, true },
        { ImageFormat.Jpeg, false }, { ImageFormat.Jpeg, true },
        { ImageFormat.Webp, false }, { ImageFormat.Webp, true },
        { ImageFormat.Tiff, false }, { ImageFormat.Tiff, true },
    };

    [Theory]
    [MemberData(nameof(FormatsAndByteOrders))]
    public void Write_Exif_StandsInTheFileWithItsSizeUpdated(ImageFormat format, bool bigEndian)
    {
        var file = Encode.ToBytes(Picture(), Metadata(bigEndian), new ImageWriteOptions { Format = format }, out _);

        var fields = TiffFile.Parse(ExifIn(file, format), out var order);
        Assert.Equal("Jane Döe\0", Encoding.UTF8.GetString(fields[(0, 315)].Bytes));
        Assert.Equal([13], TiffFile.Numbers(fields[(34665, 40962)], order));
        Assert.Equal([7], TiffFile.Numbers(fields[(34665, 40963)], order));
        Assert.Equal(MakerNote, fields[(34665, 37500)].Bytes);
        Assert.Equal([45, 1, 30, 1, 0, 1], TiffFile.Numbers(fields[(34853, 2)], order));
        Assert.Equal("R98\0", Encoding.ASCII.GetString(fields[(40965, 1)].Bytes));
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    [InlineData(ImageFormat.Tiff)]
    public void Write_ProfileAndXmp_StandInTheFile(ImageFormat format)
    {
        var profile = IccProfile.DisplayP3();
        var metadata = Metadata(bigEndian: false) with { IccProfile = profile };

        var file = Encode.ToBytes(Picture(), metadata, new ImageWriteOptions { Format = format }, out _);

        Assert.Equal(profile, ProfileIn(file, format));
        Assert.Equal(Xmp.Replace("\"5\"", "\"13\"", StringComparison.Ordinal), Encoding.UTF8.GetString(XmpIn(file, format)));
    }

    /// <summary>A tag of a directory that TIFF itself has: what it stands for in EXIF's own can't be told.</summary>
    [Theory]
    [InlineData(ImageFormat.Png, false)]
    [InlineData(ImageFormat.Jpeg, false)]
    [InlineData(ImageFormat.Tiff, true)]
    public void Write_ExifWithATagThatTiffHasNoPlaceFor_SaysWhatIsLost(ImageFormat format, bool isLost)
    {
        var exif = new TiffFile().Ascii(271, "Maker").Undefined(50341, [1, 2, 3, 4, 5, 6]).Build();

        Encode.ToBytes(Picture(), new ImageMetadata { Exif = exif }, new ImageWriteOptions { Format = format }, out var notes);

        Assert.Equal(isLost ? ["TIFF has no place for these tags of EXIF's first directory, which were not kept: 50341."] : [], notes);
    }

    /// <summary>libvips gives 1 pixel per millimetre where nothing is said.</summary>
    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Tiff)]
    public void WriteThenRead_OnePixelPerMillimetre_IsKept(ImageFormat format)
    {
        var metadata = new ImageMetadata { Resolution = new ImageResolution(25.4, 25.4) };

        var file = Encode.ToBytes(Picture(), metadata, new ImageWriteOptions { Format = format }, out _);

        Assert.Equal(metadata.Resolution, Fixture.Load(file).Metadata.Resolution);
    }

    [Fact]
    public void Read_OfAFileThatSaysOnlyWhatShapePixelsHave_HasNoResolution()
    {
        var png = PngFile.Build(1, 1, 8, PngFile.Gray, [7], ("pHYs", [0, 0, 0, 2, 0, 0, 0, 1, 0]));
        var tiff = TiffFile.Image(1, 1, 1, 8).Rational(282, (300, 1)).Rational(283, (300, 1));

        Assert.Null(Fixture.Load(png).Metadata.Resolution);
        Assert.Null(Fixture.Load(tiff.Short(296, 1).Build([7])).Metadata.Resolution);
        Assert.Equal(new ImageResolution(300, 300), Fixture.Load(tiff.Short(296, 2).Build([7])).Metadata.Resolution);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Tiff)]
    public void Write_Iptc_StandsInTheFile(ImageFormat format)
    {
        var file = Encode.ToBytes(Picture(), Metadata(bigEndian: false), new ImageWriteOptions { Format = format }, out var notes);

        var block = format == ImageFormat.Jpeg
            ? JpegFile.Payload(file, JpegFile.App13, "Photoshop 3.0\08BIM\u0004\u0004\0\0\0\0\0\u0008")
            : TiffFile.Parse(file, out _)[(0, 33723)].Bytes;
        Assert.Equal(Iptc, block[..Iptc.Length]);
        Assert.Empty(notes);
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Webp)]
    [InlineData(ImageFormat.Avif)]
    public void Write_IptcWhereThereIsNoPlaceForIt_IsSaid(ImageFormat format)
    {
        Encode.ToBytes(Picture(), Metadata(bigEndian: false), new ImageWriteOptions { Format = format }, out var notes);

        Assert.Contains("IPTC", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Gif_SaysAllThatIsLost()
    {
        var metadata = Metadata(bigEndian: false) with { IccProfile = IccProfile.DisplayP3() };

        Encode.ToBytes(Picture(), metadata, new ImageWriteOptions { Format = ImageFormat.Gif }, out var notes);

        var all = string.Join(" ", notes);
        Assert.All((string[])["EXIF", "XMP", "IPTC", "resolution", "sRGB", "256 colours"], word => Assert.Contains(word, all, StringComparison.Ordinal));
    }

    [Fact]
    public void WriteThenRead_Avif_KeepsProfileExifAndXmp()
    {
        var metadata = Metadata(bigEndian: false) with { IccProfile = IccProfile.DisplayP3() };

        var back = Fixture.Load(Encode.ToBytes(Picture(), metadata, new ImageWriteOptions { Format = ImageFormat.Avif }, out _)).Metadata;

        var fields = TiffFile.Parse(back.Exif.ToArray(), out var order);
        Assert.Equal("Jane Döe\0", Encoding.UTF8.GetString(fields[(0, 315)].Bytes));
        Assert.Equal([13], TiffFile.Numbers(fields[(34665, 40962)], order));
        Assert.Equal([45, 1, 30, 1, 0, 1], TiffFile.Numbers(fields[(34853, 2)], order));
        Assert.Equal(IccProfile.DisplayP3(), back.IccProfile.ToArray());
        Assert.Contains("tiff:ImageWidth=\"13\"", Encoding.UTF8.GetString(back.Xmp.Span), StringComparison.Ordinal);
        Assert.Equal(new ImageResolution(300, 240), back.Resolution);
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    [InlineData(ImageFormat.Tiff)]
    [InlineData(ImageFormat.Avif)]
    public void WriteThenRead_Resolution_IsKept(ImageFormat format)
    {
        var metadata = new ImageMetadata { Resolution = new ImageResolution(300, 240) };

        var file = Encode.ToBytes(Picture(), metadata, new ImageWriteOptions { Format = format }, out var notes);

        Assert.Empty(notes);
        Assert.Equal(metadata.Resolution, Fixture.Load(file).Metadata.Resolution);
    }

    [Theory]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Webp)]
    [InlineData(ImageFormat.Tiff)]
    [InlineData(ImageFormat.Avif)]
    [InlineData(ImageFormat.Gif)]
    public void WriteThenRead_WithoutMetadata_InventsNone(ImageFormat format)
    {
        var back = Fixture.Load(Encode.ToBytes(Picture(), null, new ImageWriteOptions { Format = format }, out _)).Metadata;

        Assert.Equal((0, 0, 0, 0), (back.IccProfile.Length, back.Exif.Length, back.Xmp.Length, back.Iptc.Length));
        Assert.Null(back.Resolution);
    }

    [Fact]
    public void Write_ProfileOfAnotherColourModel_IsLeftOutAndSaid()
    {
        var gray = TestImages.Noise(4, 4, ColorModel.Gray, SampleType.UInt8, seed: 3);

        var file = Encode.ToBytes(gray, new ImageMetadata { IccProfile = IccProfile.DisplayP3() }, new ImageWriteOptions { Format = ImageFormat.Png }, out var notes);

        Assert.Contains("profile", Assert.Single(notes), StringComparison.Ordinal);
        Assert.DoesNotContain(PngFile.Chunks(file), c => c.Type == "iCCP");
    }

    [Fact]
    public void Write_GrayProfileOnGray_IsKept()
    {
        var gray = TestImages.Noise(4, 4, ColorModel.Gray, SampleType.UInt8, seed: 3);

        var file = Encode.ToBytes(gray, new ImageMetadata { IccProfile = IccProfile.GrayGamma() }, new ImageWriteOptions { Format = ImageFormat.Png }, out var notes);

        Assert.Empty(notes);
        Assert.Equal(IccProfile.GrayGamma(), ProfileIn(file, ImageFormat.Png));
    }

    // Linear light of 119 / 255 is 181.6 in sRGB's curve (IEC 61966-2-1): 255 * (1.055 * 0.46667^(1 / 2.4) - 0.055).
    [Theory]
    [InlineData(ImageFormat.Webp, SampleType.UInt8)]
    [InlineData(ImageFormat.Avif, SampleType.UInt8)]
    [InlineData(ImageFormat.Avif, SampleType.UInt16)]
    [InlineData(ImageFormat.Gif, SampleType.UInt8)]
    public void Write_GrayWithAProfileToAFormatWithoutGray_ConvertsToSrgbAndSaysSo(ImageFormat format, SampleType type)
    {
        var gray = ImageBuffer.FromSamples(16, 16, ColorModel.GrayAlpha, [.. Enumerable.Repeat<byte[]>([119, 255], 256).SelectMany(p => p)]);
        var metadata = new ImageMetadata { IccProfile = IccProfile.GrayLinear() };

        var file = Encode.ToBytes(gray.ConvertTo(type), metadata, new ImageWriteOptions { Format = format, WebpLossless = true, AvifLossless = true }, out var notes);

        var back = Fixture.Load(file).Pixels.ConvertTo(SampleType.UInt8);
        Assert.All(back.Samples<byte>().ToArray().Where((_, i) => i % back.Channels < 3), v => Assert.InRange(v, 181, 182));
        Assert.Contains(notes, n => n.Contains("converted to sRGB", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_ExifTooLongForAJpegSegment_IsLeftOutAndSaid()
    {
        var exif = new TiffFile().Undefined(37500, new byte[70_000]).Build();

        var file = Encode.ToBytes(Picture(), new ImageMetadata { Exif = exif }, new ImageWriteOptions { Format = ImageFormat.Jpeg }, out var notes);

        Assert.Contains("EXIF", Assert.Single(notes), StringComparison.Ordinal);
        Assert.DoesNotContain(JpegFile.Segments(file), s => s.Marker == JpegFile.App1);
    }

    [Fact]
    public void ReadThenWrite_AMotionPhoto_ClaimsNoVideoAndSaysSo()
    {
        byte[] xmp = [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. """<a GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion="1" dc:title="x"/>"""u8];

        var loaded = Fixture.Load(JpegFile.Insert(Fixture.Bytes("rgb.jpg"), JpegFile.App1, xmp));

        Assert.Contains("motion photo", Assert.Single(loaded.Notes), StringComparison.Ordinal);
        Assert.Equal("""<a dc:title="x"/>""", Encoding.UTF8.GetString(XmpIn(Encode.ToBytes(loaded, ImageFormat.Jpeg, out _), ImageFormat.Jpeg)));
    }

    [Fact]
    public void ReadThenWrite_JpegComments_AreKeptInJpegAndPng()
    {
        var loaded = Fixture.Load(WithComments("plain\0", "größer"));

        var jpeg = Encode.ToBytes(loaded, ImageFormat.Jpeg, out var jpegNotes);
        var png = Encode.ToBytes(loaded, ImageFormat.Png, out var pngNotes);

        Assert.Equal(["größer", "plain\0"], JpegFile.Segments(jpeg).Where(s => s.Marker == JpegFile.Comment).Select(s => Encoding.UTF8.GetString(s.Payload)));
        Assert.Equal("Comment\0plain", Encoding.Latin1.GetString(PngFile.Chunk(png, "tEXt")));
        Assert.Equal("Comment\0\0\0\0\0größer", Encoding.UTF8.GetString(PngFile.Chunk(png, "iTXt")));
        Assert.Empty(jpegNotes);
        Assert.Empty(pngNotes);
    }

    [Fact]
    public void ReadThenWrite_JpegCommentsWhereThereIsNoPlaceForThem_AreSaid()
    {
        Encode.ToBytes(Fixture.Load(WithComments("plain")), ImageFormat.Webp, out var notes);

        Assert.Contains("comments", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ADamagedProfile_IsLeftOutAndSaid()
    {
        var profile = IccProfile.DisplayP3();
        foreach (var damaged in (byte[][])[profile[..100], profile[..^20], [.. new byte[200]]])
        {
            var file = Encode.ToBytes(Picture(), new ImageMetadata { IccProfile = damaged }, new ImageWriteOptions { Format = ImageFormat.Tiff }, out var notes);

            Assert.Contains("profile is damaged", Assert.Single(notes), StringComparison.Ordinal);
            Assert.DoesNotContain((0, 34675), TiffFile.Parse(file, out _).Keys);
        }
    }

    public static TheoryData<string, byte[]> FilesWithUselessProfiles()
    {
        var (profile, broken) = (IccProfile.DisplayP3(), new byte[200]);
        return new()
        {
            { "RGB profile on a gray PNG", PngFile.Build(1, 1, 8, PngFile.Gray, [5], ("iCCP", [.. "p\0\0"u8, .. PngFile.Compress(profile)])) },
            { "broken profile in a PNG", PngFile.Build(1, 1, 8, PngFile.Rgb, [5, 6, 7], ("iCCP", [.. "p\0\0"u8, .. PngFile.Compress(broken)])) },
            { "RGB profile on a gray JPEG", JpegFile.Insert(Fixture.Bytes("gray.jpg"), JpegFile.App2, [.. "ICC_PROFILE\0\u0001\u0001"u8, .. profile]) },
            { "broken profile in a JPEG", JpegFile.Insert(Fixture.Bytes("rgb.jpg"), JpegFile.App2, [.. "ICC_PROFILE\0\u0001\u0001"u8, .. broken]) },
            { "RGB profile on a gray TIFF", TiffFile.Image(1, 1, 1, 8).Undefined(34675, profile).Build([5]) },
            { "broken profile in a TIFF", TiffFile.Image(1, 1, 3, 8).Undefined(34675, broken).Build([5, 6, 7]) },
        };
    }

    [Theory]
    [MemberData(nameof(FilesWithUselessProfiles))]
    public void ReadThenWrite_AProfileThatCannotBeUsed_IsSaidOnce(string kind, byte[] file)
    {
        var loaded = Fixture.Load(file);

        Encode.ToBytes(loaded, ImageFormat.Png, out var notes);

        Assert.True(loaded.Notes.Concat(notes).Count(n => n.Contains("profile", StringComparison.Ordinal)) == 1, $"{kind}: {string.Join(" ", [.. loaded.Notes, .. notes])}");
    }

    private static byte[] WithComments(params string[] comments) =>
        comments.Aggregate(Fixture.Bytes("rgb.jpg"), (file, comment) => JpegFile.Insert(file, JpegFile.Comment, Encoding.UTF8.GetBytes(comment)));

    private static ImageBuffer Picture() => TestImages.Noise(13, 7, ColorModel.Rgb, SampleType.UInt8, seed: 2);

    private static ImageMetadata Metadata(bool bigEndian) => new()
    {
        Exif = new TiffFile(bigEndian)
            .Ascii(315, "Jane Döe")
            .Child(34665, new TiffFile(bigEndian).Short(40962, 5).Short(40963, 6).Undefined(37500, MakerNote).Child(40965, new TiffFile(bigEndian).Ascii(1, "R98")))
            .Child(34853, new TiffFile(bigEndian).Ascii(1, "N").Rational(2, (45, 1), (30, 1), (0, 1)))
            .Build(),
        Xmp = Encoding.UTF8.GetBytes(Xmp),
        Iptc = Iptc,
        Resolution = new ImageResolution(300, 240),
    };

    private static byte[] ExifIn(byte[] file, ImageFormat format) => format switch
    {
        ImageFormat.Png => PngFile.Chunk(file, "eXIf"),
        ImageFormat.Jpeg => JpegFile.Payload(file, JpegFile.App1, "Exif\0\0"),
        ImageFormat.Webp => RiffFile.Chunk(file, "EXIF"),
        _ => file,
    };

    private static byte[] ProfileIn(byte[] file, ImageFormat format) => format switch
    {
        ImageFormat.Png => Inflate(PngFile.Chunk(file, "iCCP")),
        ImageFormat.Jpeg => JpegFile.Payload(file, JpegFile.App2, "ICC_PROFILE\0\u0001\u0001"),
        ImageFormat.Webp => RiffFile.Chunk(file, "ICCP"),
        _ => TiffFile.Parse(file, out _)[(0, 34675)].Bytes,
    };

    private static byte[] XmpIn(byte[] file, ImageFormat format) => format switch
    {
        ImageFormat.Png => PngFile.Chunk(file, "iTXt")["XML:com.adobe.xmp\0\0\0\0\0".Length..],
        ImageFormat.Jpeg => JpegFile.Payload(file, JpegFile.App1, "http://ns.adobe.com/xap/1.0/\0"),
        ImageFormat.Webp => RiffFile.Chunk(file, "XMP "),
        _ => TiffFile.Parse(file, out _)[(0, 700)].Bytes,
    };

    // iCCP: name, zero, compression method, zlib stream.
    private static byte[] Inflate(byte[] chunk)
    {
        using var compressed = new MemoryStream(chunk[(Array.IndexOf(chunk, (byte)0) + 2)..]);
        using var zlib = new System.IO.Compression.ZLibStream(compressed, System.IO.Compression.CompressionMode.Decompress);
        using var memory = new MemoryStream();
        zlib.CopyTo(memory);
        return memory.ToArray();
    }
}
