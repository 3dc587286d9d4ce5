using SuperRes.Engine.Reference;

namespace SuperRes.Tests.Networks;

/// <summary>Inputs for networks.</summary>
internal static class Pictures
{
    /// <summary>One image of uniform noise in [0, 1).</summary>
    public static ReferenceMap Random(int seed, int channels, int height, int width)
    {
        var random = new Random(seed);
        return new ReferenceMap(1, channels, height, width, [.. Enumerable.Range(0, channels * height * width).Select(_ => random.NextDouble())]);
    }
}
