using SuperRes.Pixels;
using SuperRes.Upscaling;

namespace SuperRes.Tests.Upscaling;

public sealed class SelfEnsembleTests
{
    [Fact]
    public void Apply_EachSymmetry_IsUndoneByAddTurnedBack()
    {
        var image = Numbered(5, 3);
        for (var symmetry = 0; symmetry < SquareSymmetry.Count; symmetry++)
        {
            var sum = new ImageBuffer(5, 3, ColorModel.Rgb, SampleType.Float32);
            SquareSymmetry.AddTurnedBack(SquareSymmetry.Apply(image, symmetry), symmetry, sum);

            Assert.Equal(image.Samples<float>(), sum.Samples<float>());
        }
    }

    [Fact]
    public void Apply_EachSymmetry_PlacesTheCornersDifferently()
    {
        var image = ImageBuffer.FromSamples(2, 2, ColorModel.Gray, new float[] { 1, 2, 3, 4 });

        var turned = Enumerable.Range(0, SquareSymmetry.Count).Select(s => string.Concat(SquareSymmetry.Apply(image, s).Samples<float>().ToArray())).ToList();

        // The dihedral group of the square, written out by hand.
        Assert.Equal(new HashSet<string> { "1234", "2143", "3412", "4321", "1324", "2413", "3142", "4231" }, turned.ToHashSet());
    }

    [Fact]
    public void Upscale_WithSelfEnsemble_AveragesOutWhatDependsOnDirection()
    {
        // A "network" that brightens its left half: on average over all eight turns every pixel gains half.
        using var network = new FakeNetwork([2], (sample, x, _, _) => x < 4 ? sample + 0.2f : sample);
        var image = ImageBuffer.FromSamples(4, 4, ColorModel.Rgb, Enumerable.Repeat(0.4f, 48).ToArray());

        var large = new Upscaler(network).Upscale(image, 2, new UpscaleOptions { SelfEnsemble = true });

        Assert.Equal(8, network.Calls.Count);
        Assert.All(large.Samples<float>().ToArray(), sample => Assert.Equal(0.5f, sample, 1e-6f));
    }

    [Fact]
    public void Upscale_WithSelfEnsembleOfAnUprightImage_TurnsTheSizeToo()
    {
        using var network = new FakeNetwork([2]);
        var image = Numbered(5, 3);

        var large = new Upscaler(network).Upscale(image, 2, new UpscaleOptions { SelfEnsemble = true });

        Assert.Equal(4, network.Calls.Count(call => (call.Width, call.Height) == (10, 6)));
        Assert.Equal(4, network.Calls.Count(call => (call.Width, call.Height) == (6, 10)));
        Assert.Equal(image.Row<float>(2)[3..6], large.Row<float>(5)[6..9]);
    }

    private static ImageBuffer Numbered(int width, int height) =>
        ImageBuffer.FromSamples(width, height, ColorModel.Rgb, Enumerable.Range(0, width * height * 3).Select(i => i / 64f).ToArray());
}
