using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests;

public sealed class ImageFileTests
{
    public static TheoryData<ImageFormat, ColorModel, SampleType> Lossless()
    {
        var data = new TheoryData<ImageFormat, ColorModel, SampleType>();
        foreach (var color in Enum.GetValues<ColorModel>())
        {
            data.Add(ImageFormat.Png, color, SampleType.UInt8);
            data.Add(ImageFormat.Png, color, SampleType.UInt16);
            data.Add(ImageFormat.Tiff, color, SampleType.UInt8);
            data.Add(ImageFormat.Tiff, color, SampleType.UInt16);
            data.Add(ImageFormat.Tiff, color, SampleType.Float32);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Lossless))]
    public void Write_ThenRead_KeepsEverySample(ImageFormat format, ColorModel color, SampleType type)
    {
        var image = TestImages.Noise(13, 7, color, type, seed: 1);
        using var stream = new MemoryStream();

        var notes = ImageFile.Write(stream, image, null, new ImageWriteOptions { Format = format });
        stream.Position = 0;
        var loaded = ImageFile.Read(stream);

        Assert.Empty(notes);
        Assert.Empty(loaded.Notes);
        Assert.Equal((13, 7, color, type), (loaded.Pixels.Width, loaded.Pixels.Height, loaded.Pixels.Color, loaded.Pixels.SampleType));
        Assert.Equal(image.Bytes(), loaded.Pixels.Bytes());
    }

    [Fact]
    public void Write_ToANewPathAndAgain_LeavesOnlyTheFile()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.png");
        var image = TestImages.Noise(4, 3, ColorModel.Rgb, SampleType.UInt8, seed: 1);

        ImageFile.Write(path, TestImages.Noise(9, 9, ColorModel.Gray, SampleType.UInt8, seed: 2));
        ImageFile.Write(path, image);

        Assert.Equal([path], folder.Entries());
        Assert.Equal(image.Bytes(), ImageFile.Read(path).Pixels.Bytes());
    }
}
