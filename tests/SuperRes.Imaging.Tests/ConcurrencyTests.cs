using SuperRes.Imaging.Tests.Files;
using SuperRes.Pixels;

namespace SuperRes.Imaging.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public void ReadAndWrite_OnManyThreads_GiveWhatOneThreadGives()
    {
        var files = SampleFiles.All().Select(f => f.Bytes).ToList();
        var expected = files.Select(bytes => Fixture.Load(bytes).Pixels.Bytes().ToArray()).ToList();
        var damaged = Fixture.Bytes("rgb.jpg")[..200];

        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var pixels = Fixture.Load(files[i % files.Count]).Pixels;
            Assert.Equal(expected[i % files.Count], pixels.Bytes().ToArray());

            var error = Assert.Throws<ImageFileException>(() => Fixture.Load(damaged));
            Assert.Contains("JPEG", error.Message, StringComparison.Ordinal);

            var image = TestImages.Noise(20, 10, ColorModel.Rgb, SampleType.UInt16, seed: i);
            var file = Encode.ToBytes(image, null, new ImageWriteOptions { Format = i % 2 == 0 ? ImageFormat.Png : ImageFormat.Tiff }, out _);
            Assert.Equal(image.Bytes().ToArray(), Fixture.Load(file).Pixels.Bytes().ToArray());
        });
    }
}
