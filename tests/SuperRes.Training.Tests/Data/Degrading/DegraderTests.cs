using SuperRes.Pixels;
using SuperRes.Training.Data;
using SuperRes.Training.Data.Degrading;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Tests.Data.Degrading;

public sealed class DegraderTests
{
    private const int Scale = 2;

    /// <summary>A stage that does nothing, to switch one thing on.</summary>
    private static readonly DegradationStage Nothing = new() { Blur = 0, Enlarge = 0, Reduce = 0, Noise = [0, 0], ShotNoise = [0, 0], Jpeg = [] };

    [Fact]
    public void Patch_OfTheSameNumber_IsTheSameInAnyOrder()
    {
        var image = TinyData.Waves(96, 80, 1);
        var options = new DegradationOptions { Stages = [new(), new()], FinalSinc = 0.8 };
        var (one, other) = (new Degrader(options, Scale, seed: 7), new Degrader(options, Scale, seed: 7));
        var forward = Enumerable.Range(0, 12).Select(i => Convert.ToHexString(one.Patch(image, i, 3, 16, i).Samples<byte>())).ToArray();
        var backward = Enumerable.Range(0, 12).Reverse().Select(i => Convert.ToHexString(other.Patch(image, i, 3, 16, i).Samples<byte>())).Reverse().ToArray();

        Assert.Equal(forward, backward);
        Assert.NotEqual(forward[3], Convert.ToHexString(one.Patch(image, 3, 3, 16, 4).Samples<byte>()));
        Assert.NotEqual(forward[3], Convert.ToHexString(new Degrader(options, Scale, seed: 8).Patch(image, 3, 3, 16, 3).Samples<byte>()));
    }

    [Fact]
    public void Patch_WithNothing_IsTheReducedImage()
    {
        // The three ways to reduce agree on a ramp, where the middle of two pixels is their mean.
        var image = new ImageBuffer(64, 64, ColorModel.Rgb, SampleType.UInt8);
        for (var i = 0; i < image.Samples<byte>().Length; i++)
        {
            image.Samples<byte>()[i] = (byte)(2 * (i / 3 % 64));
        }

        for (var index = 0; index < 12; index++)
        {
            var patch = Degrade(Nothing, image, index);
            Assert.All(Enumerable.Range(0, 8), x => Assert.Equal(2 * ((2 * (x + 12)) + 0.5), patch.Row<byte>(4)[3 * x], 1.01));
        }
    }

    [Fact]
    public void Patch_WithNoise_HasItsDeviation()
    {
        // Means of 2x2 halve a deviation of 20; the cubic kernel leaves 0.64 of it.
        var deviations = Enumerable.Range(0, 12).Select(index => Deviation(Degrade(Nothing with { Noise = [20, 20], Shot = 0 }, Flat(128), index))).ToArray();
        Assert.All(deviations, deviation => Assert.InRange(deviation, 8, 15.5));
    }

    [Fact]
    public void Patch_WithBlur_HasSofterEdges() =>
        Assert.True(Steepest(Degrade(Nothing with { Blur = 1, Sinc = 0, BlurSigma = [3, 3] }, Edge(), 0)) < 0.5 * Steepest(Degrade(Nothing, Edge(), 0)));

    [Fact]
    public void Patch_WithSinc_Rings()
    {
        var patch = Degrade(Nothing with { Blur = 1, Sinc = 1 }, Edge(), 1);
        Assert.True(patch.Samples<byte>().ToArray().Min() < 64 - 3, "nothing lies below the dark side");
        var last = new Degrader(new DegradationOptions { Stages = [Nothing], FinalSinc = 1 }, Scale, 1).Patch(Edge(), 12, 12, 8, 1);
        Assert.True(last.Samples<byte>().ToArray().Min() < 64 - 3, "the filter at the end does nothing");
    }

    [Fact]
    public void Patch_WithReduction_LosesStripes()
    {
        var stripes = new ImageBuffer(64, 64, ColorModel.Rgb, SampleType.UInt8);
        for (var i = 0; i < stripes.Samples<byte>().Length; i++)
        {
            stripes.Samples<byte>()[i] = (byte)((i / 3 % 64 / 4 % 2) * 200);
        }

        // The factor is drawn, and some of the methods to reduce alias; in the mean, contrast is lost.
        double Mean(DegradationStage stage) => Enumerable.Range(0, 16).Average(index => Deviation(Degrade(stage, stripes, index)));
        var (lost, kept) = (Mean(Nothing with { Reduce = 1, Resize = [0.1, 1] }), Mean(Nothing));
        Assert.True(lost < 0.9 * kept, $"the stripes' deviation is {lost} where they were reduced, and {kept} where not");
        Assert.NotEqual(Mean(Nothing with { Enlarge = 1, Resize = [1, 1.5] }), kept);
    }

    [Fact]
    public void Patch_WithJpeg_DependsOnItsQuality()
    {
        var image = TinyData.Waves(64, 64, 3);
        for (var i = 0; i < image.Samples<byte>().Length; i++)
        {
            image.Samples<byte>()[i] += (byte)(i * 7919 % 40);
        }

        double Error(double quality) => Difference(Degrade(Nothing with { Jpeg = [quality, quality] }, image, 3), Degrade(Nothing, image, 3));
        Assert.True(Error(10) > 2 * Error(95), $"{Error(10)} at 10, {Error(95)} at 95");
    }

    [Theory]
    [InlineData(false, 8)]
    [InlineData(true, 16)]
    public void Patch_WithJpeg_HasBlocksThatBeginAnywhere(bool isColour, int block)
    {
        // At the lowest quality a block is about flat: the largest step of a ramp is where two blocks meet. Where green and blue
        // ramp against each other luma hardly changes, and what steps is colour, at half the resolution.
        var ramp = new ImageBuffer(192, 192, ColorModel.Rgb, SampleType.UInt8);
        for (var i = 0; i < ramp.Samples<byte>().Length; i++)
        {
            var x = i / 3 % 192;
            ramp.Samples<byte>()[i] = (byte)(!isColour ? x : (i % 3) switch { 0 => 128, 1 => 128 - (x / 8), _ => x });
        }

        var degrader = new Degrader(new DegradationOptions { Stages = [Nothing with { Jpeg = [1, 1] }] }, Scale, seed: 1);
        int[] phases = [.. Enumerable.Range(0, 200).Select(index =>
        {
            var patch = degrader.Patch(ramp, 36, 36, 32, index);
            return Enumerable.Range(0, 31).MaxBy(x => Blue(patch, x + 1) - Blue(patch, x)) % block;
        }).Distinct().Order()];
        Assert.True(phases.Length >= block - 2, $"blocks begin at {string.Join(", ", phases)} only");
    }

    [Fact]
    public void Patch_WithAntialias_LosesStripesThatItCantHold()
    {
        // Every fifth column is white: a quarter of the size is gray. A kernel that looks at the two nearest pixels alone makes beats of it.
        var stripes = new ImageBuffer(128, 128, ColorModel.Rgb, SampleType.UInt8);
        for (var i = 0; i < stripes.Samples<byte>().Length; i++)
        {
            stripes.Samples<byte>()[i] = (byte)(i / 3 % 128 % 5 == 0 ? 250 : 0);
        }

        double[] Deviations(bool antialias) => [.. Enumerable.Range(0, 24).Select(index =>
            Deviation(new Degrader(new DegradationOptions { Stages = [Nothing], Antialias = antialias }, scale: 4, seed: 1).Patch(stripes, 12, 12, 8, index)))];
        Assert.All(Deviations(antialias: true), deviation => Assert.InRange(deviation, 0, 30));
        Assert.Contains(Deviations(antialias: false), deviation => deviation > 50);
    }

    private static ImageBuffer Degrade(DegradationStage stage, ImageBuffer image, long index) =>
        new Degrader(new DegradationOptions { Stages = [stage] }, Scale, seed: 1).Patch(image, 12, 12, 8, index);

    private static ImageBuffer Flat(byte level)
    {
        var image = new ImageBuffer(64, 64, ColorModel.Rgb, SampleType.UInt8);
        image.Samples<byte>().Fill(level);
        return image;
    }

    private static ImageBuffer Edge()
    {
        var image = Flat(64);
        for (var i = 0; i < image.Samples<byte>().Length; i++)
        {
            image.Samples<byte>()[i] = i / 3 % 64 < 32 ? (byte)64 : (byte)192;
        }

        return image;
    }

    private static int Blue(ImageBuffer image, int x) => image.Row<byte>(16)[(3 * x) + 2];

    private static int Steepest(ImageBuffer image) => Enumerable.Range(0, 7).Max(x => Math.Abs(image.Row<byte>(4)[3 * (x + 1)] - image.Row<byte>(4)[3 * x]));

    private static double Deviation(ImageBuffer image)
    {
        var values = image.Samples<byte>().ToArray().Select(value => (double)value).ToArray();
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double Difference(ImageBuffer one, ImageBuffer other) =>
        one.Samples<byte>().ToArray().Zip(other.Samples<byte>().ToArray(), (a, b) => Math.Abs(a - b)).Average();
}
