using SuperRes.Pixels;
using SuperRes.Training.Data;

namespace SuperRes.Training.Tests.Data;

public sealed class BatchAssemblerTests
{
    /// <summary>A 2x2 patch at (1, 0) of the image with the values 0 1 2 / 3 4 5, under each symmetry, by hand.</summary>
    [Theory]
    [InlineData(false, false, false, new[] { 1, 2, 4, 5 })]
    [InlineData(true, false, false, new[] { 2, 1, 5, 4 })]
    [InlineData(false, true, false, new[] { 4, 5, 1, 2 })]
    [InlineData(true, true, false, new[] { 5, 4, 2, 1 })]
    [InlineData(false, false, true, new[] { 1, 4, 2, 5 })]
    [InlineData(true, false, true, new[] { 2, 5, 1, 4 })]
    [InlineData(false, true, true, new[] { 4, 1, 5, 2 })]
    [InlineData(true, true, true, new[] { 5, 2, 4, 1 })]
    public void Cut_WithEachSymmetry_TurnsThePatch(bool horizontal, bool vertical, bool transpose, int[] expected)
    {
        var image = ImageBuffer.FromSamples(3, 2, ColorModel.Rgb, Enumerable.Range(0, 6).SelectMany(i => new[] { (byte)i, (byte)(i + 10), (byte)(i + 20) }).ToArray());
        var batch = new FeatureBatch(2, 2, 2, 3);
        PatchCutter.Cut(image, 1, 0, new PatchSample(0, 1, 0, horizontal, vertical, transpose), batch, item: 1);

        var values = batch.Values.AsSpan(12).ToArray().Select(value => (int)MathF.Round(value * 255)).ToArray();
        Assert.Equal(expected.SelectMany(value => new[] { value, value + 10, value + 20 }), values);
        Assert.All(batch.Values[..12], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Assemble_OfTargets_LiesOverTheInput()
    {
        var assembler = Assembler(out var images);
        var batch = assembler.Assemble(3);
        Assert.Equal("16x8x8x3", batch.Input.ToString());
        Assert.Equal(["16x32x32x3", "16x16x16x3"], batch.Targets.Select(target => target.ToString()));

        // The images are ramps whose value at (x, y) is the same at every scale, so a patch's corners agree.
        Assert.Equal(batch.Input.Values[0], batch.Targets[0].Values[0], 0.02f);
        Assert.Equal(batch.Input.Values[0], batch.Targets[1].Values[0], 0.02f);
        Assert.All(batch.Names, name => Assert.Equal("ramp", name));
    }

    [Fact]
    public async Task NextAsync_OverManySteps_GivesEachStepsBatchInOrder()
    {
        var assembler = Assembler(out _);
        var prefetcher = new BatchPrefetcher(assembler, firstStep: 5, lastStep: 12, workers: 3);
        TrainingBatch? batch = null;
        for (var step = 5; step <= 12; step++)
        {
            batch = await prefetcher.NextAsync(batch);
            Assert.Equal(assembler.Assemble(step).Input.Values, batch.Input.Values);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => prefetcher.NextAsync(batch));
    }

    private static BatchAssembler Assembler(out ITrainingImages images)
    {
        images = new RampImages();
        return new BatchAssembler(images, new PatchSampler(1, images.Sizes, 8), 16, _ => 8);
    }

    private sealed class RampImages : ITrainingImages
    {
        private readonly TrainingImage _image = new("ramp", Ramp(1), [Ramp(4), Ramp(2)]);

        public IReadOnlyList<(int Width, int Height)> Sizes => [(40, 30)];

        public IReadOnlyList<int> TargetScales => [4, 2];

        public TrainingImage Get(int index) => _image;

        private static ImageBuffer Ramp(int scale)
        {
            var image = new ImageBuffer(40 * scale, 30 * scale, ColorModel.Rgb, SampleType.UInt8);
            for (var y = 0; y < image.Height; y++)
            {
                var row = image.Row<byte>(y);
                for (var x = 0; x < row.Length; x++)
                {
                    row[x] = (byte)(((x / 3 / scale) * 3) + ((y / scale) * 2));
                }
            }

            return image;
        }
    }
}
