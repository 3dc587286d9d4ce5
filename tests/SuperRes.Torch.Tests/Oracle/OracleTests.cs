using SuperRes.Engine.Simd;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Tests.Networks;
using SuperRes.Training.Tests.Cpu;

namespace SuperRes.Torch.Tests.Oracle;

/// <summary>SuperRes's forward and backward passes against libtorch's, in double precision there.</summary>
public sealed class OracleTests
{
    private static readonly int[] Widths = [256, 512, 128];

    /// <summary>Every operation between two convolutions, at widths and numbers of threads in turn.</summary>
    public static TheoryData<string, int, int> Operations => InTurn(TrainingGraphs.Operations);

    /// <summary>Small networks of every architecture, whose channels the vector kernels take.</summary>
    public static TheoryData<string, int, int> Networks => InTurn(TrainingGraphs.Networks);

    /// <summary>The whole catalogue, made small.</summary>
    public static TheoryData<string, int, int> Catalogue => InTurn([.. NetworkCatalogue.Entries.Select(entry => entry.Name)]);

    [Theory]
    [MemberData(nameof(Operations))]
    public void Gradients_OfAnOperation_AreThoseOfLibTorch(string name, int width, int threads)
    {
        LibTorchRequired.OrSkip();
        var (graph, count, height, side) = TrainingGraphs.Find(name);
        EngineComparison.AssertAgree(graph, (count, height, side), gradientTolerance: 1e-4, (SimdWidth)width, threads);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_OfANetwork_AreThoseOfLibTorch(string name, int width, int threads)
    {
        LibTorchRequired.OrSkip();
        var (graph, count, height, side) = TrainingGraphs.Find(name);
        EngineComparison.AssertAgree(graph, (count, height, side), gradientTolerance: 1e-3, (SimdWidth)width, threads);
    }

    [Theory]
    [MemberData(nameof(Catalogue))]
    public void Gradients_OfTheCatalogue_AreThoseOfLibTorch(string name, int width, int threads)
    {
        LibTorchRequired.OrSkip();
        var options = SmallNetworks.Of(NetworkCatalogue.Find(name).Options);
        var (height, side) = SmallNetworks.TestSize(options);
        EngineComparison.AssertAgree(options.BuildGraph(), (2, height, side), gradientTolerance: 1e-3, (SimdWidth)width, threads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Gradients_OfVgg_AreThoseOfLibTorch(int threads)
    {
        LibTorchRequired.OrSkip();
        var graph = new Vgg19Options { Layer = Vgg19Layer.Conv22 }.BuildGraph();
        EngineComparison.AssertAgree(graph, (1, 12, 14), gradientTolerance: 1e-3, SimdWidth.Bits256, threads);
    }

    private static TheoryData<string, int, int> InTurn(IReadOnlyList<string> names) => new(names.Select((name, i) => (name, Widths[i % 3], 1 + (i % 2))));
}
