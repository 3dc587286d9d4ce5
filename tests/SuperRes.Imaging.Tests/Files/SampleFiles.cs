namespace SuperRes.Imaging.Tests.Files;

/// <summary>A small valid file of every format and kind of sample.</summary>
internal static class SampleFiles
{
    public static IEnumerable<(string Name, byte[] Bytes)> All()
    {
        foreach (var name in (string[])["rgb.jpg", "gray.jpg", "cmyk.jpg", "rgba.webp", "anim.webp", "anim.gif", "rgb.avif", "rgb12.avif"])
        {
            yield return (name, Fixture.Bytes(name));
        }

        var noise = new byte[8 * 6 * 8];
        new Random(5).NextBytes(noise);
        yield return ("rgb8.png", PngFile.Build(8, 6, 8, PngFile.Rgb, noise[..(8 * 6 * 3)], ("tEXt", [.. "Comment\0hello"u8])));
        yield return ("rgba16.png", PngFile.Build(8, 6, 16, PngFile.Rgba, noise, ("iCCP", [.. "p\0\0"u8, .. PngFile.Compress(IccProfile.DisplayP3())])));
        yield return ("palette.png", PngFile.Build(8, 6, 4, PngFile.Palette, noise[..24], ("PLTE", noise[..48]), ("tRNS", noise[..9])));
        yield return ("gray1.png", PngFile.Build(8, 6, 1, PngFile.Gray, noise[..6]));
        yield return ("rgb16.tif", TiffFile.Image(8, 6, 3, 16).Ascii(315, "Jane").Undefined(34675, IccProfile.DisplayP3()).Build(noise[..(8 * 6 * 6)]));
        yield return ("float.tif", TiffFile.Image(8, 6, 1, 32, bigEndian: true, sampleFormat: 3).Build(noise[..(8 * 6 * 4)]));
        yield return ("premultiplied.tif", TiffFile.Image(8, 6, 4, 8).Short(338, 1).Build(noise[..(8 * 6 * 4)]));
        yield return ("lab.tif", TiffFile.Image(8, 6, 3, 8, photometric: 8).Build(noise[..(8 * 6 * 3)]));
    }
}
