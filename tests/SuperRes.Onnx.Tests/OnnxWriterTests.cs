using SuperRes.Engine.Reference;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Tests.Networks;

namespace SuperRes.Onnx.Tests;

/// <summary>ONNX Runtime computes from a written file what the reference executor computes from the graph.</summary>
public sealed class OnnxWriterTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Names => [.. NetworkCatalogue.Entries.Select(entry => entry.Name)];

    public static TheoryData<string> Families => [.. NetworkCatalogue.Entries.DistinctBy(entry => entry.Options.GetType()).Select(entry => entry.Name)];

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
    public void Write_OfEveryNetwork_RunsAsDefined(string name)
    {
        var options = SmallNetworks.Of(NetworkCatalogue.Find(name).Options);
        (int Height, int Width)[] sizes = options is VitOptions ? [SmallNetworks.TestSize(options)] : [(1, 1), (1, 9), (9, 1), (5, 7)];
        AssertRunsAsDefined(TestModels.Create(options), sizes);
    }

    [Theory]
    [MemberData(nameof(CbamVariants))]
    public void Write_OfEachVariantOfCbam_RunsAsDefined(string variant)
    {
        NetworkOptions[] networks = [new SrResNetOptions { Blocks = 1, Features = 8 }, new LapSrnOptions { Scale = 2, Blocks = 1, Features = 8 }];
        Assert.All(networks, options => AssertRunsAsDefined(TestModels.Create(options with { Attention = Variants[variant] }), (1, 1), (6, 5)));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Write_OfAFullNetwork_RunsAsDefined(string name)
    {
        var options = NetworkCatalogue.Find(name).Options;
        // The transformer's layers are as large in a smaller window, and plain loops need not run for a minute.
        AssertRunsAsDefined(TestModels.Create(options is VitOptions vit ? vit with { WindowSize = 8 } : options), options is VitOptions ? (8, 8) : (3, 5));
    }

    [Fact]
    public void Write_OfTheDiscriminator_RunsAsDefined() =>
        AssertRunsAsDefined(new SrganDiscriminatorOptions { InputSize = 32, Features = 4, DenseUnits = 8 }, 32);

    [Fact]
    public void Write_OfTheContentLoss_RunsAsDefined() =>
        AssertRunsAsDefined(new Vgg19Options { Layer = Vgg19Layer.Conv22 }, 6);

    [Fact]
    public void Write_WithADynamicBatch_RunsSeveralImagesAtOnce()
    {
        NetworkOptions[] networks =
        [
            new EdsrOptions { Scale = 2, Blocks = 1, Features = 8, Attention = new CbamOptions { Reduction = 2 } },
            SmallNetworks.Of(new VitOptions { Scale = 2 }),
        ];
        Assert.All(networks, options =>
        {
            var model = TestModels.Create(options);
            var noise = Pictures.Random(1, 3, 3 * 8, 8).Values;
            var x = new ReferenceMap(3, 3, 8, 8, noise);
            using var onnx = new OnnxRuntimeNetwork(model, new OnnxOptions(DynamicBatch: true));
            AssertEqual(new ReferenceExecutor(model.Graph, model.Weights).Run(x).Output.Values, onnx.Run(x));
        });
    }

    [Fact]
    public void Write_OfAConvolutionalNetwork_DeclaresFreeHeightAndWidth()
    {
        using var onnx = new OnnxRuntimeNetwork(TestModels.Create(new EspcnOptions()));
        var (input, output) = (Assert.Single(onnx.Session.InputMetadata), Assert.Single(onnx.Session.OutputMetadata));
        Assert.Equal(("x", "y"), (input.Key, output.Key));
        Assert.Equal([1, 3, -1, -1], input.Value.Dimensions);
        Assert.Equal(["", "", "h", "w"], input.Value.SymbolicDimensions);
        Assert.Equal(1, output.Value.Dimensions[0]);
        Assert.Equal(3, output.Value.Dimensions[1]);
    }

    [Fact]
    public void Write_OfAPyramid_HasOnlyTheMainOutput()
    {
        using var onnx = new OnnxRuntimeNetwork(TestModels.Create(SmallNetworks.Of(new LapSrnOptions())));
        Assert.Equal(["y"], onnx.Session.OutputMetadata.Keys);
    }

    [Fact]
    public void Write_OfATransformer_DeclaresItsWindow()
    {
        using var onnx = new OnnxRuntimeNetwork(TestModels.Create(SmallNetworks.Of(new VitOptions())));
        Assert.Equal([1, 3, 8, 8], onnx.Session.InputMetadata["x"].Dimensions);
        Assert.Equal([1, 3, 32, 32], onnx.Session.OutputMetadata["y"].Dimensions);
    }

    [Fact]
    public void Write_OfAModel_TellsWhatItIs()
    {
        var options = new EspcnOptions { Scale = 3 };
        var model = new Model(options, Weights.Initialize(options.BuildGraph(), 1), new ModelInfo("größe", "CC0-1.0", InitialSeed: 1));
        using var onnx = new OnnxRuntimeNetwork(model);
        var metadata = onnx.Session.ModelMetadata;
        Assert.Equal("SuperRes", metadata.ProducerName);
        Assert.Equal("größe", metadata.GraphName);
        Assert.Equal("größe", metadata.CustomMetadataMap["name"]);
        Assert.Equal("3", metadata.CustomMetadataMap["scale"]);
        Assert.Equal("CC0-1.0", metadata.CustomMetadataMap["dataLicence"]);
        Assert.Equal("1", metadata.CustomMetadataMap["randomWeightsSeed"]);
        Assert.Equal(options, NetworkOptions.FromJson(metadata.CustomMetadataMap["superres.network"]));
    }

    [Fact]
    public void Write_ToAFileTwice_GivesTheSameBytesAndNothingElse()
    {
        var folder = Directory.CreateTempSubdirectory("superres-onnx-").FullName;
        try
        {
            var (first, second) = (Path.Combine(folder, "1.onnx"), Path.Combine(folder, "2.onnx"));
            var model = TestModels.Create(SmallNetworks.Of(new LapSrnOptions { Attention = new CbamOptions() }));
            OnnxWriter.Write(model, first);
            OnnxWriter.Write(model, second);
            Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
            Assert.Equal(2, Directory.GetFiles(folder).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertRunsAsDefined(Model model, params (int Height, int Width)[] sizes)
    {
        using var onnx = new OnnxRuntimeNetwork(model);
        var reference = new ReferenceExecutor(model.Graph, model.Weights);
        Assert.All(sizes, size =>
        {
            var x = Pictures.Random((size.Height * 100) + size.Width, 3, size.Height, size.Width);
            AssertEqual(reference.Run(x).Output.Values, onnx.Run(x));
        });
    }

    private static void AssertRunsAsDefined(GraphOptions options, int size)
    {
        var graph = options.BuildGraph();
        var weights = TestModels.Weights(graph);
        using var onnx = new OnnxRuntimeNetwork(graph, weights);
        var x = Pictures.Random(1, 3, size, size);
        AssertEqual(new ReferenceExecutor(graph, weights).Run(x).Output.Values, onnx.Run(x));
    }

    private static void AssertEqual(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance, FormattableString.Invariant($"value {i} is {actual[i]}, expected {expected[i]}"));
        }

        // Two constants would agree, whatever lies between the input and them.
        Assert.True(expected.Length == 1 || expected.Max() - expected.Min() > 1e-3);
    }
}
