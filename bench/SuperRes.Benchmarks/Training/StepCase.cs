using SuperRes.Networks;
using SuperRes.Training;
using SuperRes.Training.Data;

namespace SuperRes.Benchmarks.Training;

/// <summary>A training step that is timed: a network of the catalogue, and the low-resolution patch's side.</summary>
/// <param name="Network">The catalogue's name.</param>
/// <param name="Patch">Side in low-resolution pixels.</param>
/// <param name="Target">How many times faster than TorchSharp it is to be.</param>
internal sealed record StepCase(string Network, int Patch, double Target)
{
    /// <summary>Patches per step.</summary>
    public const int Batch = 16;

    /// <summary>What is promised of the training engine.</summary>
    public static IReadOnlyList<StepCase> All =>
    [
        new("edsr-x4", 24, 3.0),
        new("edsr-x4", 48, 3.5),
        new("srresnet-x4", 24, 2.5),
        new("lapsrn-x4", 24, 2.5),
        new("edsr-cbam-x4", 24, 2.5),
        new("srresnet-cbam-x4", 24, 2.5),
        new("lapsrn-cbam-x4", 24, 2.5),
        new("espcn-cbam-x4", 24, 2.5),
        new("espcn-x4", 24, 1.5),
        new("vit-x4", 48, 2.5),
    ];

    /// <summary>The graph.</summary>
    public Graph BuildGraph() => NetworkCatalogue.Find(Network).Options.BuildGraph();

    /// <summary>The batch that every step sees, and its targets, one per output.</summary>
    public (FeatureBatch Input, FeatureBatch[] Targets) Data(Graph graph) =>
        (Random(Patch, seed: 1), [.. TargetScales.Of(graph).Select((scale, i) => Random(Patch * scale, seed: 2 + i))]);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Network}, patch {Patch}");

    private static FeatureBatch Random(int side, int seed)
    {
        var batch = new FeatureBatch(Batch, side, side, 3);
        var random = new Random(seed);
        for (var i = 0; i < batch.Values.Length; i++)
        {
            batch.Values[i] = random.NextSingle();
        }

        return batch;
    }
}
