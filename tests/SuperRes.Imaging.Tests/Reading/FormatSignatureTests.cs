using System.Text;
using SuperRes.Imaging.Reading;
using SuperRes.Imaging.Tests.Files;

namespace SuperRes.Imaging.Tests.Reading;

public sealed class FormatSignatureTests
{
    // ISO/IEC 14496-12, 4.3: size, "ftyp", major brand, minor version, compatible brands.
    [Theory]
    [InlineData("mif1", "mif1 miaf MA1B heic avif", 1000, ImageFormat.Avif)]
    [InlineData("mif1", "mif1 miaf tmap unif iso8 msf1 MA1B MA1A avif", 0, ImageFormat.Avif)]
    [InlineData("avis", "msf1 mif1", 0, ImageFormat.Avif)]
    [InlineData("mif1", "mif1 miaf MA1B", 0, ImageFormat.Heif)]
    [InlineData("heic", "mif1 heic", 0, ImageFormat.Heif)]
    public void Detect_FileTypeBox_GoesByAllOfItsBrands(string major, string compatible, int behind, ImageFormat expected)
    {
        var brands = compatible.Replace(" ", "", StringComparison.Ordinal);
        byte[] box = [.. PngFile.BigEndian(16 + brands.Length), .. Encoding.ASCII.GetBytes("ftyp" + major), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(brands)];

        Assert.Equal(expected, FormatSignature.Detect([.. box, .. new byte[behind]]));
    }

    [Fact]
    public void Detect_ABrandBehindTheBox_DoesNotCount()
    {
        byte[] file = [.. PngFile.BigEndian(20), .. "ftypmif1"u8, 0, 0, 0, 0, .. "mif1"u8, .. PngFile.BigEndian(16), .. "metaavif"u8, 0, 0, 0, 0];

        Assert.Equal(ImageFormat.Heif, FormatSignature.Detect(file));
    }

    [Fact]
    public void Detect_AnAvifFileWithItsBrandLast_IsReadAsAvif()
    {
        byte[] box = [.. PngFile.BigEndian(40), .. "ftypmif1"u8, 0, 0, 0, 0, .. "mif1miafMA1BtmapunifAVIF"u8];
        using var file = new MemoryStream([.. box[..36], .. "avif"u8, .. new byte[100]]);

        Assert.Equal(ImageFormat.Avif, FormatDetection.Detect(file, "The input"));
        Assert.Equal(0, file.Position);
    }
}
