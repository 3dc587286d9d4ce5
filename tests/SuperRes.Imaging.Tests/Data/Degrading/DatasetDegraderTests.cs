using SuperRes.Imaging;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Degrading;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Data.Degrading;

public sealed class DatasetDegraderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DegradeAsync_OfASet_WritesTheUsualNames()
    {
        TestImages.Write(_folder["set", "HR", "a.png"], 21, 14);
        TestImages.Write(_folder["set", "HR", "b.jpg"], 16, 16);

        var result = await DatasetDegrader.DegradeAsync([_folder["set"]], _folder["out"], [2, 4]);

        Assert.Equal(
            [("ax2.png", 10, 7), ("ax4.png", 5, 3), ("bx2.png", 8, 8), ("bx4.png", 4, 4)],
            result.Images.Select(image => (Path.GetFileName(image.Output), image.Width, image.Height)));
        Assert.Equal(
            ["out/LR_bicubic/X2/ax2.png", "out/LR_bicubic/X2/bx2.png", "out/LR_bicubic/X4/ax4.png", "out/LR_bicubic/X4/bx4.png"],
            _folder.Files().Where(file => file.StartsWith("out", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData]
    [InlineData(4, 1)]
    public async Task DegradeAsync_WithoutAScaleOrByOne_Refuses(params int[] scales)
    {
        TestImages.Write(_folder["set", "HR", "a.png"], 21, 14);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => DatasetDegrader.DegradeAsync([_folder["set"]], _folder["out"], scales));
    }

    [Fact]
    public async Task DegradeAsync_WithNoise_AddsItsDeviationTheSameEachTime()
    {
        ImageFile.Write(_folder["a.png"], Flat(128));
        ImageFile.Write(_folder["b.png"], Flat(128));
        var options = new DegradeOptions { Noise = 10 };

        var result = await DatasetDegrader.DegradeAsync([_folder["a.png"], _folder["b.png"]], _folder["out"], [2], options);
        var first = ImageFile.Read(result.Images[0].Output).Pixels.Samples<byte>().ToArray();
        await DatasetDegrader.DegradeAsync([_folder["a.png"]], _folder["again"], [2], options);

        Assert.Equal(_folder["out/LR_bicubic-noise10/X2/ax2.png"], Path.GetFullPath(result.Images[0].Output));
        Assert.Equal(first, ImageFile.Read(_folder["again/LR_bicubic-noise10/X2/ax2.png"]).Pixels.Samples<byte>().ToArray());
        Assert.NotEqual(first, ImageFile.Read(result.Images[1].Output).Pixels.Samples<byte>().ToArray());
        // Of 12,288 samples: the mean's own deviation is 0.09, and the deviation's 0.06.
        Assert.Equal(128, first.Average(value => value), 0.4);
        Assert.Equal(10, Math.Sqrt(first.Average(value => Math.Pow(value - 128, 2))), 0.3);
    }

    [Fact]
    public async Task DegradeAsync_WithJpeg_LeavesWhatItsBlocksCanHold()
    {
        // At quality 1 every wave is rounded to multiples of 255, which a checkerboard this weak does not reach: a block is its mean.
        var board = Flat(100);
        for (var y = 0; y < board.Height; y++)
        {
            for (var x = 0; x < board.Width; x++)
            {
                board.Row<byte>(y).Slice(3 * x, 3).Fill((byte)(100 + (20 * (((x / 2) + (y / 2)) % 2))));
            }
        }

        ImageFile.Write(_folder["a.png"], board);
        var result = await DatasetDegrader.DegradeAsync([_folder["a.png"]], _folder["out"], [2], new DegradeOptions { Noise = 2.5, JpegQuality = 1 });

        Assert.Equal(_folder["out/LR_bicubic-noise2.5-jpeg1/X2/ax2.png"], Path.GetFullPath(Assert.Single(result.Images).Output));
        var low = ImageFile.Read(result.Images[0].Output).Pixels;
        var block = Enumerable.Range(0, 8).SelectMany(y => low.Row<byte>(8 + y).Slice(3 * 8, 3 * 8).ToArray()).ToArray();
        Assert.InRange(block.Max() - block.Min(), 0, 1);
    }

    /// <summary>Across an edge a Gaussian makes its integral; the two values are those of the normal distribution's table.</summary>
    [Fact]
    public async Task DegradeAsync_WithBlur_SpreadsAnEdgeByItsDeviation()
    {
        // Of 128 columns the left half is 50, the other 250. Bicubic reduction by two looks at 8 columns, where so wide a blur is nearly straight.
        var image = Flat(50);
        for (var y = 0; y < image.Height; y++)
        {
            image.Row<byte>(y)[(3 * 64)..].Fill(250);
        }

        ImageFile.Write(_folder["a.png"], image);
        var result = await DatasetDegrader.DegradeAsync([_folder["a.png"]], _folder["out"], [2], new DegradeOptions { Blur = 5 });

        Assert.Equal(_folder["out/LR_bicubic-blur5/X2/ax2.png"], Path.GetFullPath(Assert.Single(result.Images).Output));
        var row = ImageFile.Read(result.Images[0].Output).Pixels.Row<byte>(32).ToArray();
        // Low-resolution column 33 has its centre 3 columns right of the edge, 35 seven.
        Assert.InRange(row[3 * 33], 50 + (200 * 0.7257) - 1.5, 50 + (200 * 0.7257) + 1.5); // 0.6 deviations
        Assert.InRange(row[3 * 35], 50 + (200 * 0.9192) - 1.5, 50 + (200 * 0.9192) + 1.5); // 1.4 deviations
        Assert.Equal((50, 250), (row[0], row[^1]));
    }

    [Theory]
    [InlineData(0.0, -1.0, null)]
    [InlineData(0.0, 101.0, null)]
    [InlineData(0.0, double.NaN, null)]
    [InlineData(0.0, 0.0, 0)]
    [InlineData(0.0, 0.0, 101)]
    [InlineData(-0.1, 0.0, null)]
    [InlineData(5.1, 0.0, null)]
    [InlineData(double.NaN, 0.0, null)]
    public async Task DegradeAsync_WithWrongOptions_Refuses(double blur, double noise, int? quality)
    {
        TestImages.Write(_folder["a.png"], 8, 8);

        await Assert.ThrowsAsync<ArgumentException>(() => DatasetDegrader.DegradeAsync([_folder["a.png"]], _folder["out"], [2], new DegradeOptions { Blur = blur, Noise = noise, JpegQuality = quality }));
        Assert.Equal(["a.png"], _folder.Files());
    }

    [Theory]
    [InlineData(ColorModel.Gray, SampleType.UInt8)]
    [InlineData(ColorModel.Gray, SampleType.UInt16)]
    [InlineData(ColorModel.Rgb, SampleType.UInt16)]
    public async Task DegradeAsync_WithBlurAndNoise_KeepsChannelsAndDepth(ColorModel color, SampleType type)
    {
        var image = new ImageBuffer(16, 16, color, type);
        ImageFile.Write(_folder["a.png"], image);

        await DatasetDegrader.DegradeAsync([_folder["a.png"]], _folder["out"], [2], new DegradeOptions { Blur = 0.5, Noise = 5 });
        await DatasetDegrader.DegradeAsync([_folder["a.png"]], _folder["out"], [2], new DegradeOptions { JpegQuality = 50 });

        var noisy = ImageFile.Read(_folder["out/LR_bicubic-blur0.5-noise5/X2/ax2.png"]).Pixels;
        Assert.Equal((color, type), (noisy.Color, noisy.SampleType));
        var compressed = ImageFile.Read(_folder["out/LR_bicubic-jpeg50/X2/ax2.png"]).Pixels;
        Assert.Equal((color, SampleType.UInt8), (compressed.Color, compressed.SampleType));
    }

    [Theory]
    [InlineData("set/HR/a.png", "set", "set/LR_bicubic/X4/ax4.png")]
    [InlineData("set/HR", "set", "set/LR_bicubic/X4/ax4.png")]
    [InlineData("F2K/F2K_train_HR/0001.png", "F2K", "F2K/F2K_train_LR_bicubic/X4/0001x4.png")]
    [InlineData("F2K", "F2K", "F2K/F2K_train_LR_bicubic/X4/0001x4.png")]
    [InlineData("F2K", "out", "out/LR_bicubic/X4/0001x4.png")]
    [InlineData("photos", "photos", "photos/LR_bicubic/X4/cx4.png")]
    [InlineData("photos/c.png", "out", "out/LR_bicubic/X4/cx4.png")]
    public async Task DegradeAsync_IntoTheSetsOwnFolder_FollowsItsLayout(string input, string output, string expected)
    {
        TestImages.Write(_folder["set", "HR", "a.png"], 8, 8);
        TestImages.Write(_folder["F2K", "F2K_train_HR", "0001.png"], 8, 8);
        TestImages.Write(_folder["photos", "c.png"], 8, 8);

        var result = await DatasetDegrader.DegradeAsync([_folder[input]], _folder[output], [4]);

        Assert.Equal(_folder[expected], Path.GetFullPath(Assert.Single(result.Images).Output));
        Assert.True(File.Exists(_folder[expected]));
    }

    /// <summary>A picture beside a set is none of its images, whatever its name.</summary>
    [Fact]
    public void List_OfAFileBesideASet_CountsItToItsOwnFolder()
    {
        TestImages.Write(_folder["D", "T_HR", "0001.png"], 8, 8, seed: 1);
        TestImages.Write(_folder["D", "0001.png"], 8, 8, seed: 2);

        var (beside, own) = (Assert.Single(DegradeSource.List(_folder["D", "0001.png"])), Assert.Single(DegradeSource.List(_folder["D", "T_HR", "0001.png"])));

        Assert.Equal(_folder["D", "LR_bicubic", "X4", "0001x4.png"], beside.OutputPath(_folder["D"], LowResolutionFolder.BicubicTrack, 4));
        Assert.Equal(_folder["D", "T_LR_bicubic", "X4", "0001x4.png"], own.OutputPath(_folder["D"], LowResolutionFolder.BicubicTrack, 4));
    }

    [Fact]
    public async Task DegradeAsync_OfTheX8TrackOfDiv2k_ReplacesItWhereItIs()
    {
        TestImages.Write(_folder["DIV2K_valid_HR", "0801.png"], 16, 16);
        TestImages.Write(_folder["DIV2K_valid_LR_x8", "0801x8.png"], 2, 2);

        var result = await DatasetDegrader.DegradeAsync([_folder.Path], _folder.Path, [8]);

        Assert.EndsWith("DIV2K_valid_LR_x8/0801x8.png", Assert.Single(result.Images).Output.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DegradeAsync_OfSeveralKinds_KeepsChannelsAndDepth()
    {
        TestImages.Write(_folder["set", "gray.png"], TestImages.Create(8, 8, 1, ColorModel.Gray));
        TestImages.Write(_folder["set", "deep.png"], new ImageBuffer(8, 8, ColorModel.Rgb, SampleType.UInt16));

        await DatasetDegrader.DegradeAsync([_folder["set"]], _folder["set"], [2]);

        var gray = ImageFile.ReadHeader(_folder["set", "LR_bicubic", "X2", "grayx2.png"]);
        var deep = ImageFile.ReadHeader(_folder["set", "LR_bicubic", "X2", "deepx2.png"]);
        Assert.Equal((ColorModel.Gray, SampleType.UInt8), (gray.Color, gray.SampleType));
        Assert.Equal((ColorModel.Rgb, SampleType.UInt16), (deep.Color, deep.SampleType));
    }

    [Fact]
    public async Task DegradeAsync_WithBadImages_DoesTheOthersAndNamesThem()
    {
        TestImages.Write(_folder["set", "a.png"], 8, 8);
        TestImages.Write(_folder["set", "tiny.png"], 3, 8);
        File.WriteAllText(_folder["set", "bad.png"], "no image");

        var result = await DatasetDegrader.DegradeAsync([_folder["set"]], _folder["out"], [4]);

        Assert.Single(result.Images);
        Assert.Equal(["bad.png", "tiny.png"], result.Failures.Select(failure => Path.GetFileName(failure.Path)));
        Assert.Contains("is 3x8: too small for x4", result.Failures[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DegradeAsync_OfTwoImagesWithOneName_NamesBoth()
    {
        TestImages.Write(_folder["one", "a.png"], 8, 8);
        TestImages.Write(_folder["two", "a.png"], 8, 8);

        var error = await Assert.ThrowsAsync<DatasetException>(() => DatasetDegrader.DegradeAsync([_folder["one"], _folder["two"]], _folder["out"], [2]));

        Assert.Contains("would both become", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Set5")]
    [InlineData("Set14")]
    public async Task DegradeAsync_OfAPublishedSet_MakesThePublishedImages(string name)
    {
        var data = Environment.GetEnvironmentVariable("SUPERRES_DATA");
        Assert.SkipWhen(data is null, "SUPERRES_DATA is not set; it names the folder that holds Set5 and Set14.");
        var set = DatasetFolder.Open(Path.Combine(data!, name));

        var result = await DatasetDegrader.DegradeAsync([set.Root], _folder.Path, [2, 3, 4]);

        Assert.Equal(3 * set.Images.Count, result.Images.Count);
        Assert.All(result.Images, image =>
        {
            var published = set.FindTrack(image.Scale)!.FindImage(new DatasetImage(Path.GetFileNameWithoutExtension(image.Input), image.Input))!;
            Assert.Equal(ImageFile.Read(published).Pixels.Bytes(), ImageFile.Read(image.Output).Pixels.Bytes());
        });
    }

    private static ImageBuffer Flat(byte level)
    {
        var image = new ImageBuffer(128, 128, ColorModel.Rgb, SampleType.UInt8);
        image.Samples<byte>().Fill(level);
        return image;
    }
}
