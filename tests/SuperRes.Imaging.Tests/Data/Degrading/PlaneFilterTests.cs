using SuperRes.Imaging.Data.Degrading;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests.Data.Degrading;

public sealed class PlaneFilterTests
{
    [Fact]
    public void Apply_OfOneShiftedTap_MovesTheImageAndMirrorsItsEdge()
    {
        var image = ImageBuffer.FromSamples(3, 1, ColorModel.Rgb, new float[] { 1, 10, 100, 2, 20, 200, 3, 30, 300 });
        var moved = PlaneFilter.Apply(image, new BlurKernel(3, [0, 0, 0, 0, 0, 1, 0, 0, 0]));
        Assert.Equal([2f, 20, 200, 3, 30, 300, 2, 20, 200], moved.Samples<float>().ToArray());
    }
}
