using SuperRes.Training.Data;

namespace SuperRes.Training.Tests.Trainers;

/// <summary>Batches for a phase without a run, of four patches of 8x8 at x2, and what it left of a network.</summary>
internal static class PhaseBatches
{
    /// <summary>Noise, whose targets have one value all over.</summary>
    public static TrainingBatch Of(float target)
    {
        var (input, wanted) = (new FeatureBatch(4, 8, 8, 3), new FeatureBatch(4, 16, 16, 3));
        var random = new Random(1);
        foreach (ref var value in input.Values.AsSpan())
        {
            value = random.NextSingle();
        }

        wanted.Values.AsSpan().Fill(target);
        return new TrainingBatch(input, [wanted], ["a", "b", "c", "d"]);
    }

    public static void AssertEqual(NetworkState expected, NetworkState actual)
    {
        var runs = new[] { (expected.Weights, actual.Weights), (expected.Average, actual.Average), (expected.FirstMoment, actual.FirstMoment), (expected.SecondMoment, actual.SecondMoment) };
        Assert.All(runs, run => Assert.All(run.Item1.Names, name => Assert.Equal(run.Item1[name].Values, run.Item2[name].Values)));
    }
}
