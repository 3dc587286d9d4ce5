using SuperRes.Imaging;
using SuperRes.Imaging.Data;
using SuperRes.Pixels;
using SuperRes.Resampling;
using SuperRes.Training.Data;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Tests.Data;

public sealed class FolderTrainingImagesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("superres-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Get_WithoutLowResolutionImages_MakesThemAsTheLiteratureDoes()
    {
        var image = Noise(50, 43, seed: 1);
        Save("a.png", image);
        var images = Open(new DataSource { Path = _folder });

        Assert.Equal([(12, 10)], images.Sizes);
        Assert.Equal(Degradation.Degrade(image, 4).Samples<byte>(), images.Get(0).LowResolution!.Samples<byte>());
        Assert.Equal(image.Crop(0, 0, 48, 40).Samples<byte>(), images.Get(0).Targets[0].Samples<byte>());
    }

    [Fact]
    public void Get_WithPublishedLowResolutionImages_ReadsThem()
    {
        Save("HR/a.png", Noise(48, 40, seed: 1));
        var published = Noise(12, 10, seed: 2);
        Save("LR_bicubic/X4/ax4.png", published);
        Assert.Equal(published.Samples<byte>(), Open(new DataSource { Path = _folder }).Get(0).LowResolution!.Samples<byte>());
    }

    /// <summary>Every patch is degraded anew then; what the folder has is still part of what it is known by.</summary>
    [Fact]
    public void Get_WithADegradation_HasNoLowResolutionImage()
    {
        Save("HR/a.png", Noise(50, 41, seed: 1));
        Save("LR_bicubic/X4/ax4.png", Noise(12, 10, seed: 2));
        var images = FolderTrainingImages.Open(new DataOptions { Train = [new DataSource { Path = _folder }], Degradation = new DegradationOptions() }, [4, 2], smallestPatch: 8);

        Assert.Equal([(12, 10)], images.Sizes);
        Assert.Single(images.LowResolutionPaths);
        Assert.Null(images.Get(0).LowResolution);
        Assert.Equal([(48, 40), (24, 20)], images.Get(0).Targets.Select(target => (target.Width, target.Height)));
    }

    [Fact]
    public void Get_OfAGrayImageWithAlpha_IsRgb()
    {
        var gray = new ImageBuffer(48, 40, ColorModel.GrayAlpha, SampleType.UInt16);
        for (var i = 0; i < gray.Samples<ushort>().Length; i++)
        {
            gray.Samples<ushort>()[i] = i % 2 == 0 ? (ushort)0x8080 : ushort.MaxValue;
        }

        Save("a.png", gray);
        var target = Open(new DataSource { Path = _folder }).Get(0).Targets[0];
        Assert.Equal((ColorModel.Rgb, SampleType.UInt8), (target.Color, target.SampleType));
        Assert.Equal(0x80, target.Samples<byte>()[7]);
    }

    /// <summary>As by data check and degrade: what lies under the transparency has no meaning.</summary>
    [Theory]
    [InlineData("HR/a.png", 48, 40)]
    [InlineData("LR_bicubic/X4/ax4.png", 12, 10)]
    public void Open_WithAnImageThatIsTransparent_IsRefused(string transparent, int width, int height)
    {
        Save("HR/a.png", Noise(48, 40, seed: 1));
        Save("LR_bicubic/X4/ax4.png", Noise(12, 10, seed: 2));
        Save(transparent, new ImageBuffer(width, height, ColorModel.Rgba, SampleType.UInt8));

        var error = Assert.Throws<DatasetException>(() => Open(new DataSource { Path = _folder }));

        Assert.Contains($"{Path.GetFileName(transparent)}' has transparent pixels", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Or a DIV2K that was downloaded whole would train on the images that it is measured on.</summary>
    [Fact]
    public void Open_AFolderOfSeveralDataSets_IsRefused()
    {
        Save("DIV2K/DIV2K_train_HR/0001.png", Noise(48, 40, seed: 1));
        Save("DIV2K/DIV2K_valid_HR/0801.png", Noise(48, 40, seed: 2));

        var error = Assert.Throws<DatasetException>(() => Open(new DataSource { Path = Path.Combine(_folder, "DIV2K") }));

        Assert.Contains("holds several data sets", error.Message, StringComparison.Ordinal);
        Assert.Single(Open(new DataSource { Path = Path.Combine(_folder, "DIV2K", "DIV2K_train_HR") }).Paths);
    }

    [Fact]
    public void Open_OfAPreparationThatHasNotEnded_IsRefused()
    {
        Save("HR/a_s001.png", Noise(48, 40, seed: 1));
        File.WriteAllText(Path.Combine(_folder, "manifest.partial.jsonl"), "");

        Assert.Contains("was not to the end", Assert.Throws<DatasetException>(() => Open(new DataSource { Path = _folder })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_WithShrink_ReducesFirst()
    {
        Save("a.png", Noise(100, 80, seed: 1));
        Assert.Equal([(12, 10)], Open(new DataSource { Path = _folder, Shrink = 2 }).Sizes);
    }

    [Fact]
    public void Open_WithFirst_TakesTheFirstInNaturalOrder()
    {
        foreach (var name in new[] { "10.png", "9.png", "8.png" })
        {
            Save(name, Noise(48, 40, seed: 1));
        }

        Assert.Equal(["8.png", "9.png"], Open(new DataSource { Path = _folder, First = 2 }).Paths.Select(path => Path.GetFileName(path)));
    }

    [Theory]
    [InlineData(1, "1 2 3 4 5 6 7 8")]
    [InlineData(0.5, "2 4 6 8")]
    [InlineData(0.25, "4 8")]
    [InlineData(0.01, "8")]
    public void Open_WithAFraction_TakesThemEvenlyAndASmallerOneLiesInALarger(double fraction, string expected)
    {
        for (var i = 1; i <= 8; i++)
        {
            Save($"{i}.png", Noise(48, 40, seed: i));
        }

        var images = Open(new DataSource { Path = _folder, Fraction = fraction });
        Assert.Equal(expected, string.Join(' ', images.Paths.Select(path => Path.GetFileNameWithoutExtension(path))));
    }

    [Fact]
    public void Open_WithExcept_LeavesThoseOut()
    {
        Save("a.png", Noise(48, 40, seed: 1));
        Save("b.png", Noise(48, 40, seed: 2));
        Assert.Equal("b.png", Path.GetFileName(Assert.Single(Open(new DataSource { Path = _folder, Except = ["a"] }).Paths)));
    }

    [Fact]
    public void Open_WithExceptThatLeavesNothingOut_NamesIt()
    {
        Save("first.png", Noise(48, 40, seed: 1));
        var error = Assert.Throws<DatasetException>(() => Open(new DataSource { Path = _folder, Except = ["frist"] }));
        Assert.Contains("no image 'frist' for \"except\" to leave out; did you mean 'first'?", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "a", "all are left out")]
    [InlineData("", null, "the names are empty")]
    [InlineData(" , ", null, "the names are empty")]
    public void Open_WithNoImageLeft_SaysWhy(string? names, string? except, string expected)
    {
        Save("a.png", Noise(48, 40, seed: 1));
        var error = Assert.Throws<DatasetException>(() => Open(new DataSource { Path = _folder, Names = names, Except = except is null ? [] : [except] }));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_WithLowResolutionImagesRoundedUp_LeavesOutWhatHasNoWholeOriginal()
    {
        Save("HR/a.png", Noise(50, 41, seed: 1));
        var published = Noise(13, 11, seed: 2);
        Save("LR_bicubic/X4/ax4.png", published);
        var image = Open(new DataSource { Path = _folder }).Get(0);
        Assert.Equal(published.Crop(0, 0, 12, 10).Samples<byte>(), image.LowResolution!.Samples<byte>());
        Assert.Equal((48, 40), (image.Targets[0].Width, image.Targets[0].Height));
    }

    [Fact]
    public void Open_WithALowResolutionImageOfAnotherSize_NamesIt()
    {
        Save("HR/a.png", Noise(48, 40, seed: 1));
        Save("LR_bicubic/X4/ax4.png", Noise(24, 20, seed: 2));
        var error = Assert.Throws<DatasetException>(() => Open(new DataSource { Path = _folder }));
        Assert.Contains("'ax4.png' is 24x20, and a.png at x4 makes 12x10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WithAnImageSmallerThanThePatch_NamesIt()
    {
        Save("tiny.png", Noise(40, 31, seed: 1));
        var error = Assert.Throws<RecipeException>(() => Open(new DataSource { Path = _folder }));
        Assert.Contains("tiny.png", error.Message, StringComparison.Ordinal);
        Assert.Contains("10x7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_BeyondTheCache_DecodesAgainTheSame()
    {
        Save("a.png", Noise(400, 400, seed: 1));
        Save("b.png", Noise(400, 400, seed: 2));
        Save("c.png", Noise(400, 400, seed: 3));
        var images = FolderTrainingImages.Open(new DataOptions { Train = [new DataSource { Path = _folder }], CacheMegabytes = 1 }, [4], 8);
        var first = images.Get(0);
        Assert.Same(first, images.Get(0));
        _ = images.Get(1);
        _ = images.Get(2);
        Assert.NotSame(first, images.Get(0));
        Assert.Equal(first.LowResolution!.Samples<byte>(), images.Get(0).LowResolution!.Samples<byte>());
    }

    private static FolderTrainingImages Open(DataSource source) => FolderTrainingImages.Open(new DataOptions { Train = [source] }, [4], smallestPatch: 8);

    private static ImageBuffer Noise(int width, int height, int seed)
    {
        var samples = new byte[width * height * 3];
        new Random(seed).NextBytes(samples);
        return ImageBuffer.FromSamples(width, height, ColorModel.Rgb, samples);
    }

    private void Save(string name, ImageBuffer image)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        ImageFile.Write(path, image);
    }
}
