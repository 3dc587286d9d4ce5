using SuperRes.Engine.Reference;
using SuperRes.Networks;
using static SuperRes.Tests.Engine.Reference.ReferenceOperation;

namespace SuperRes.Tests.Engine.Reference;

public sealed class ReferenceExecutorTests
{
    private static ReferenceExecutor Normalization(out Graph graph)
    {
        var g = new GraphBuilder(1, 1, 2);
        graph = g.Build(g.BatchNorm("bn", g.Input));
        return new ReferenceExecutor(graph, new Dictionary<string, double[]>
        {
            ["bn.weight"] = [2],
            ["bn.bias"] = [10],
            ["bn.running_mean"] = [1],
            ["bn.running_var"] = [4],
        });
    }

    [Fact]
    public void BatchNorm_InInference_UsesTheRunningStatistics()
    {
        var run = Normalization(out _).Run(new(1, 1, 1, 2, [1, 5]));
        // (5 - 1) / sqrt(4 + 1e-5) * 2 + 10.
        AssertEqual([10, 14], run.Output.Values, 1e-5);
        Assert.Empty(run.RunningStatistics);
    }

    [Fact]
    public void BatchNorm_WithBatchStatistics_UsesTheBiasedVarianceAndMovesTheUnbiasedOne()
    {
        var run = Normalization(out _).Run(new(2, 1, 1, 2, [1, 3, 5, 7]), useBatchStatistics: true);
        // Mean 4, variance 20 / 4 = 5, unbiased 20 / 3.
        var unit = 2 / Math.Sqrt(5 + 1e-5);
        AssertEqual([10 - (3 * unit), 10 - unit, 10 + unit, 10 + (3 * unit)], run.Output.Values, 1e-8);
        AssertEqual([0.9 + 0.4], run.RunningStatistics["bn.running_mean"], 1e-7);
        AssertEqual([3.6 + (0.1 * 20 / 3)], run.RunningStatistics["bn.running_var"], 1e-7);
    }

    [Fact]
    public void BatchNorm_WithBatchStatisticsOfOneValue_SaysWhy()
    {
        var error = Assert.Throws<GraphException>(() => Normalization(out _).Run(new(1, 1, 1, 1, [1]), useBatchStatistics: true));
        Assert.Contains("'bn.weight'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BatchNorm_UsedTwice_MovesItsStatisticsTwice()
    {
        var g = new GraphBuilder(1, 1, 2);
        var first = g.BatchNorm("bn", g.Input);
        var graph = g.Build(g.Add(first, g.Reuse(first, g.Scale(g.Input, 3))));
        var executor = new ReferenceExecutor(graph, ReferenceExecutor.ToDouble(graph, Weights.Initialize(graph, 0)));
        var run = executor.Run(new(1, 1, 1, 2, [1, 3]), useBatchStatistics: true);
        // Means 2 and 6 from a running mean of 0: 0.1 * 2, then 0.9 * 0.2 + 0.1 * 6.
        AssertEqual([0.78], run.RunningStatistics["bn.running_mean"], 1e-7);
        Assert.Equal(4, graph.Parameters.Count);
    }

    [Fact]
    public void LayerNorm_NormalisesTheChannelsOfEachPosition()
    {
        // 1, 2, 3, 4: mean 2.5, variance 1.25.
        var unit = 1 / Math.Sqrt(1.25 + 1e-5);
        var y = Run(new(4, 1, 2), [1, 5, 2, 5, 3, 5, 4, 5], (g, x) => g.LayerNorm("ln", x), ("ln.weight", [1, 1, 2, 2]), ("ln.bias", [0, 0, 0, 1]));
        AssertEqual([-1.5 * unit, 0, -0.5 * unit, 0, unit, 0, 1 + (3 * unit), 1], y.Values, 1e-8);
    }

    [Fact]
    public void Run_GivesOutputsAndEveryNodeByName()
    {
        var g = new GraphBuilder(1, 1, 1);
        var half = g.Scale(g.Input, 0.5f);
        var graph = g.Build(g.Scale(half, 0.5f), ("half", half));
        var run = new ReferenceExecutor(graph, new Dictionary<string, double[]>()).Run(new(1, 1, 1, 1, [8]));
        AssertEqual([2], run.Outputs["y"].Values);
        AssertEqual([4], run.Outputs["half"].Values);
        AssertEqual([4], run["x.scale"].Values);
    }

    [Fact]
    public void Constructor_WithMissingValues_NamesTheParameter()
    {
        var g = new GraphBuilder();
        var graph = g.Build(g.Conv("head", g.Input, 3, 3));
        var error = Assert.Throws<GraphException>(() => new ReferenceExecutor(graph, new Dictionary<string, double[]>()));
        Assert.Contains("'head.weight' needs 81 values, got 0", error.Message, StringComparison.Ordinal);
    }
}
