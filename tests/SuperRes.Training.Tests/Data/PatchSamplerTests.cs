using SuperRes.Training.Data;

namespace SuperRes.Training.Tests.Data;

public sealed class PatchSamplerTests
{
    private static readonly (int, int)[] Sizes = [(40, 40), (20, 40), (11, 10)];

    [Fact]
    public void Sample_OverOneEpoch_VisitsImagesByArea()
    {
        var sampler = new PatchSampler(1, Sizes, nominalPatch: 10);
        var visits = Enumerable.Range(0, sampler.EpochLength).Select(i => sampler.Sample(i, 10).Image).CountBy(image => image).ToDictionary();
        Assert.Equal(new Dictionary<int, int> { [0] = 16, [1] = 8, [2] = 1 }, visits);
    }

    [Fact]
    public void Sample_InAnyOrder_IsTheSame()
    {
        var (forward, backward) = (new PatchSampler(5, Sizes, 10), new PatchSampler(5, Sizes, 10));
        var expected = Enumerable.Range(0, 200).Select(i => forward.Sample(i, 10)).ToArray();
        var actual = Enumerable.Range(0, 200).Reverse().Select(i => backward.Sample(i, 10)).Reverse().ToArray();
        Assert.Equal(expected, actual);
        Assert.NotEqual(expected, Enumerable.Range(0, 200).Select(i => new PatchSampler(6, Sizes, 10).Sample(i, 10)));
    }

    [Fact]
    public void Sample_OfManyPatches_StaysInsideAndUsesEverySymmetryAndPlace()
    {
        var sampler = new PatchSampler(2, [(12, 11)], 10);
        var samples = Enumerable.Range(0, 4000).Select(i => sampler.Sample(i, 10)).ToArray();
        Assert.All(samples, sample => Assert.True(sample.X is >= 0 and <= 2 && sample.Y is >= 0 and <= 1));
        // 3 x 2 places times 8 symmetries: each expected 83 times of 4000; 40 is five deviations below.
        var counts = samples.CountBy(sample => sample).ToArray();
        Assert.Equal(48, counts.Length);
        Assert.All(counts, pair => Assert.True(pair.Value > 40));
    }

    [Fact]
    public void Order_OfTwoEpochs_Differs()
    {
        var sampler = new PatchSampler(3, Sizes, 10);
        var first = Enumerable.Range(0, sampler.EpochLength).Select(i => sampler.Sample(i, 10).Image);
        var second = Enumerable.Range(sampler.EpochLength, sampler.EpochLength).Select(i => sampler.Sample(i, 10).Image);
        Assert.NotEqual(first.ToArray(), second.ToArray());
    }
}
