using SuperRes.Training;

namespace SuperRes.Torch.Tests;

/// <summary>Batches of known random values.</summary>
internal static class Batches
{
    /// <summary>Values in [0, 1).</summary>
    public static FeatureBatch Random(int count, int height, int width, int channels, int seed)
    {
        var batch = new FeatureBatch(count, height, width, channels);
        var random = new Random(seed);
        for (var i = 0; i < batch.Values.Length; i++)
        {
            batch.Values[i] = random.NextSingle();
        }

        return batch;
    }

    /// <summary>Random values in another batch's shape.</summary>
    public static FeatureBatch RandomLike(FeatureBatch other, int seed) => Random(other.Count, other.Height, other.Width, other.Channels, seed);
}
