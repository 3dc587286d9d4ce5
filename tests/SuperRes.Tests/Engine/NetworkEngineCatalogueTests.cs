using SuperRes.Engine;
using SuperRes.Engine.Simd;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Tests.Networks;

namespace SuperRes.Tests.Engine;

/// <summary>The engine computes of every network what the reference executor does, at every vector width, for odd sizes.</summary>
public sealed class NetworkEngineCatalogueTests
{
    public static TheoryData<string> Names => [.. NetworkCatalogue.Entries.Select(entry => entry.Name)];

    public static TheoryData<string> CbamVariants => [.. Variants.Keys];

    private static readonly Dictionary<string, CbamOptions> Variants = new()
    {
        ["channel only"] = new() { Reduction = 2, Spatial = false },
        ["spatial only, 3x3"] = new() { Channel = false, SpatialKernel = 3 },
        ["spatial first"] = new() { Reduction = 2, Order = CbamOrder.SpatialFirst },
        ["batch norm in the MLP"] = new() { Reduction = 2, MlpBatchNorm = true },
        ["every conv"] = new() { Reduction = 2, Placement = CbamPlacement.EveryConv },
        ["tail only"] = new() { Reduction = 2, Placement = CbamPlacement.TailOnly },
        ["constant gate input"] = new() { Reduction = 2, GateInput = CbamGateInput.Constant },
        ["gain"] = new() { Reduction = 2, Gain = 4 },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_OfEveryNetwork_EqualsTheDefinition(string name)
    {
        var options = SmallNetworks.Of(NetworkCatalogue.Find(name).Options);
        (int Height, int Width)[] sizes = options is VitOptions ? [SmallNetworks.TestSize(options)] : [(1, 1), (1, 9), (7, 1), (5, 7), (14, 19)];
        AssertEqualsDefinition(options.BuildGraph(), sizes);
    }

    [Theory]
    [MemberData(nameof(CbamVariants))]
    public void Run_OfEachVariantOfCbam_EqualsTheDefinition(string variant)
    {
        NetworkOptions[] networks = [new SrResNetOptions { Blocks = 2, Features = 20 }, new LapSrnOptions { Scale = 2, Blocks = 1, Features = 8 }, new EspcnOptions()];
        Assert.All(networks, options => AssertEqualsDefinition((options with { Attention = Variants[variant] }).BuildGraph(), (1, 1), (6, 5), (17, 18)));
    }

    [Fact]
    public void Run_OfTheDiscriminator_EqualsTheDefinition() =>
        AssertEqualsDefinition(new SrganDiscriminatorOptions { InputSize = 32, Features = 4, DenseUnits = 8 }.BuildGraph(), (32, 32));

    [Fact]
    public void Run_OfTheContentLoss_EqualsTheDefinition() =>
        AssertEqualsDefinition(new Vgg19Options { Layer = Vgg19Layer.Conv22 }.BuildGraph(), (6, 7));

    private static void AssertEqualsDefinition(Graph graph, params (int Height, int Width)[] sizes)
    {
        var weights = Disturbed(graph);
        foreach (var (height, width) in sizes)
        {
            var image = FloatImage.Random(height, width, 3, seed: 5);
            var expected = image.Reference(graph, weights);
            var tolerance = 1e-5f * Math.Max(1, expected.Max(Math.Abs));
            foreach (var simd in Enum.GetValues<SimdWidth>())
            {
                using var engine = new NetworkEngine(graph, weights, threads: 2, simd);
                var shape = graph.InferShapes(height, width)[graph.Output.Index];
                var result = new FloatImage(shape.Height, shape.Width, shape.Channels);
                engine.Run(height, width, image, result);
                for (var i = 0; i < expected.Length; i++)
                {
                    Assert.Equal(expected[i], result.Values[i], tolerance);
                }
            }
        }
    }

    /// <summary>New weights with every value moved a little, so that batch norm's statistics, biases and slopes are no ones and zeros.</summary>
    private static Weights Disturbed(Graph graph)
    {
        var weights = Weights.Initialize(graph, seed: 3);
        var random = new Random(7);
        return new Weights(graph.Parameters.Select(parameter => KeyValuePair.Create(
            parameter.Name,
            new Tensor(parameter.Shape, Array.ConvertAll(weights[parameter], value => value + (0.1f * random.NextSingle()))))).DistinctBy(pair => pair.Key));
    }
}
