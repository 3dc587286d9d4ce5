using SuperRes.Imaging;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Imaging.Data.Leakage;
using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Imaging.Tests.Data.Leakage;

public sealed class LeakFinderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LeakFinderTests()
    {
        foreach (var seed in new[] { 1, 2, 3 })
        {
            TestImages.Write(_folder["train", $"{seed}.png"], Scene(seed));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FindAsync_OfOtherPictures_FindsNone()
    {
        TestImages.Write(_folder["test", "a.png"], Scene(4));
        TestImages.Write(_folder["test", "b.png"], Scene(5, 160, 144));

        var report = await FindAsync();

        Assert.Equal((3, 2), (report.TrainingImages, report.TestImages));
        Assert.Empty(report.Leaks);
        Assert.Empty(report.Vague);
        Assert.Empty(report.Failures);
    }

    [Fact]
    public async Task FindAsync_OfTheSamePixelsInAnotherFormat_SaysSo()
    {
        TestImages.Write(_folder["test", "a.tif"], Scene(2));

        var leak = Assert.Single((await FindAsync()).Leaks);

        Assert.Equal(new Leak(_folder["train", "2.png"], _folder["test", "a.tif"], LeakKind.SamePixels, 1), leak);
    }

    [Theory]
    [InlineData("half the size")]
    [InlineData("larger and stretched")]
    [InlineData("JPEG")]
    [InlineData("brighter")]
    [InlineData("16 bits, gray")]
    [InlineData("mirrored")]
    [InlineData("turned")]
    [InlineData("upside down")]
    [InlineData("trimmed")]
    public async Task FindAsync_OfTheSamePictureOtherwise_FindsIt(string how)
    {
        var scene = Scene(2);
        var (width, height) = (scene.Width, scene.Height);
        var path = _folder["test", how == "JPEG" ? "a.jpg" : "a.png"];
        Directory.CreateDirectory(_folder["test"]);
        ImageFile.Write(path, how switch
        {
            "half the size" => MatlabResize.ToSize(scene, width / 2, height / 2),
            "larger and stretched" => MatlabResize.ToSize(scene, width * 3 / 2, height * 2),
            "brighter" => Map(scene, width, height, (x, y) => (x, y), level => (byte)((level * 0.8) + 40)),
            "16 bits, gray" => GrayOf(scene).ConvertTo(SampleType.UInt16),
            "mirrored" => Map(scene, width, height, (x, y) => (width - 1 - x, y)),
            "turned" => Map(scene, height, width, (x, y) => (y, height - 1 - x)),
            "upside down" => Map(scene, width, height, (x, y) => (width - 1 - x, height - 1 - y)),
            "trimmed" => scene.Crop(4, 3, width - 8, height - 6),
            _ => scene,
        }, options: new ImageWriteOptions { JpegQuality = 50 });

        var leak = Assert.Single((await FindAsync()).Leaks);

        Assert.Equal((_folder["train", "2.png"], path, LeakKind.SamePicture), (leak.Training, leak.Test, leak.Kind));
        Assert.InRange(leak.Similarity, 0.8, 1.0001);
    }

    [Theory]
    [InlineData(false)] // The test image is a part of the training image.
    [InlineData(true)] // The training image is a part of the test image, as sub-images are.
    public async Task FindAsync_OfAPart_FindsIt(bool isTrainingThePart)
    {
        var whole = Scene(9, 480, 400);
        var part = whole.Crop(201, 130, 160, 144);
        Directory.CreateDirectory(_folder["test"]);
        ImageFile.Write(_folder["test", "a.jpg"], isTrainingThePart ? whole : part, options: new ImageWriteOptions { JpegQuality = 60 });
        TestImages.Write(_folder["train", "9.png"], isTrainingThePart ? part : whole);

        var leak = Assert.Single((await FindAsync()).Leaks);

        Assert.Equal((_folder["train", "9.png"], LeakKind.Part), (leak.Training, leak.Kind));
    }

    [Fact]
    public async Task FindAsync_OfAPictureWithNothingInIt_SaysThatItCantBeTold()
    {
        var sky = ImageBuffer.FromSamples(160, 144, ColorModel.Gray, Enumerable.Repeat((byte)200, 160 * 144).ToArray());
        TestImages.Write(_folder["test", "sky.png"], sky);
        TestImages.Write(_folder["train", "sky.tif"], sky);
        TestImages.Write(_folder["train", "cloud.png"], ImageBuffer.FromSamples(160, 144, ColorModel.Gray, Enumerable.Repeat((byte)201, 160 * 144).ToArray()));

        var report = await FindAsync();

        Assert.Equal([_folder["test", "sky.png"]], report.Vague);
        Assert.Equal((_folder["train", "sky.tif"], LeakKind.SamePixels), (Assert.Single(report.Leaks).Training, report.Leaks[0].Kind));
    }

    [Fact]
    public async Task FindAsync_SmallImages_AreComparedAsAWhole()
    {
        TestImages.Write(_folder["test", "a.png"], MatlabResize.ToSize(Scene(3), 60, 45));

        Assert.Equal((_folder["train", "3.png"], LeakKind.SamePicture), (Assert.Single((await FindAsync()).Leaks).Training, (await FindAsync()).Leaks[0].Kind));
    }

    [Fact]
    public async Task FindAsync_AFileThatCantBeRead_IsNamedAndTheOthersAreCompared()
    {
        TestImages.Write(_folder["test", "a.png"], Scene(2));
        File.WriteAllText(_folder["test", "b.png"], "no image");
        File.WriteAllText(_folder["train", "4.png"], "no image either");

        var report = await FindAsync();

        Assert.Equal([_folder["test", "b.png"], _folder["train", "4.png"]], report.Failures.Select(failure => failure.Path));
        Assert.Equal(_folder["train", "2.png"], Assert.Single(report.Leaks).Training);
    }

    /// <summary>Known by looking at them: Set14's face is Set5's head with its edges cut otherwise, and Set5's butterfly sits in Set14's monarch.</summary>
    [Fact]
    public async Task FindAsync_OfThePublishedSets_FindsWhatTheyShare()
    {
        var data = Environment.GetEnvironmentVariable("SUPERRES_DATA");
        Assert.SkipWhen(data is null, "SUPERRES_DATA is not set; it names the folder that holds Set5 and Set14.");

        var report = await LeakFinder.FindAsync(
            DatasetFolder.OpenAll(Path.Combine(data!, "Set14")), DatasetFolder.OpenAll(Path.Combine(data!, "Set5")), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            [("butterfly", "monarch", LeakKind.Part), ("head", "face", LeakKind.SamePicture)],
            report.Leaks.Select(leak => (Path.GetFileNameWithoutExtension(leak.Test), Path.GetFileNameWithoutExtension(leak.Training), leak.Kind)));
    }

    private static ImageBuffer GrayOf(ImageBuffer image)
    {
        var gray = new byte[image.Width * image.Height];
        for (var i = 0; i < gray.Length; i++)
        {
            gray[i] = (byte)((image.Samples<byte>()[3 * i] + image.Samples<byte>()[(3 * i) + 1] + image.Samples<byte>()[(3 * i) + 2]) / 3);
        }

        return ImageBuffer.FromSamples(image.Width, image.Height, ColorModel.Gray, gray);
    }

    /// <summary>Blots of all sizes, as photos have them.</summary>
    private static ImageBuffer Scene(int seed, int width = 240, int height = 200)
    {
        var (coarse, fine) = (MatlabResize.ToSize(TestImages.Create(width / 20, height / 20, seed), width, height), MatlabResize.ToSize(TestImages.Create(width / 6, height / 6, seed + 1000), width, height));
        var scene = new ImageBuffer(width, height, ColorModel.Rgb, SampleType.UInt8);
        for (var i = 0; i < scene.Samples<byte>().Length; i++)
        {
            scene.Samples<byte>()[i] = (byte)((coarse.Samples<byte>()[i] + fine.Samples<byte>()[i]) / 2);
        }

        return scene;
    }

    private static ImageBuffer Map(ImageBuffer image, int width, int height, Func<int, int, (int X, int Y)> from, Func<byte, byte>? level = null)
    {
        var result = new ImageBuffer(width, height, image.Color, image.SampleType);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (u, v) = from(x, y);
                for (var c = 0; c < image.Channels; c++)
                {
                    var value = image.Row<byte>(v)[(u * image.Channels) + c];
                    result.Row<byte>(y)[(x * image.Channels) + c] = level?.Invoke(value) ?? value;
                }
            }
        }

        return result;
    }

    private Task<LeakReport> FindAsync() => LeakFinder.FindAsync(
        DatasetFolder.OpenAll(_folder["train"]), DatasetFolder.OpenAll(_folder["test"]), cancellationToken: TestContext.Current.CancellationToken);
}
