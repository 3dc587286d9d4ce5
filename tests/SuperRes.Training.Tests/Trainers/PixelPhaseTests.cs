using SuperRes.Networks;
using SuperRes.Training.Cpu;
using SuperRes.Training.Trainers;

namespace SuperRes.Training.Tests.Trainers;

public sealed class PixelPhaseTests : IDisposable
{
    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("""{"architecture":"srresnet","scale":2,"blocks":1,"features":16}""")]
    [InlineData("""{"architecture":"espcn","scale":2}""")]
    public void Run_OnABatchThatIsNotFinite_LeavesTheNetworkAsItWas(string options)
    {
        var recipe = _data.Recipe(20, $"network={options}");
        var graph = recipe.Network.BuildGraph();
        using var network = new CpuNetwork(graph, Weights.Initialize(graph, 3), threads: 1);
        using var phase = new PixelPhase(recipe, network, new CpuDevice(1));
        Assert.True(phase.Run(1, PhaseBatches.Of(0.5f)).IsFinite);
        var before = network.Save();

        Assert.False(phase.Run(2, PhaseBatches.Of(float.NaN)).IsFinite);

        PhaseBatches.AssertEqual(before, network.Save());
        Assert.True(phase.Run(3, PhaseBatches.Of(0.5f)).IsFinite);
    }
}
