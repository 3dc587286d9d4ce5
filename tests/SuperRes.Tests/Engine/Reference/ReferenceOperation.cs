using SuperRes.Engine.Reference;
using SuperRes.Networks;

namespace SuperRes.Tests.Engine.Reference;

/// <summary>Runs one operation on its own.</summary>
internal static class ReferenceOperation
{
    /// <summary>The operation's result for one image.</summary>
    /// <param name="shape">The image's C, H, W.</param>
    /// <param name="x">The image.</param>
    /// <param name="build">Adds the operation.</param>
    /// <param name="parameters">Its parameters' values by name.</param>
    public static ReferenceMap Run(FeatureShape shape, double[] x, Func<GraphBuilder, Node, Node> build, params (string Name, double[] Values)[] parameters)
    {
        var g = new GraphBuilder(shape.Channels, shape.Height, shape.Width);
        var graph = g.Build(build(g, g.Input));
        var executor = new ReferenceExecutor(graph, parameters.ToDictionary(pair => pair.Name, pair => pair.Values));
        return executor.Run(new ReferenceMap(1, shape.Channels, shape.Height, shape.Width, x)).Output;
    }

    /// <summary>Of a function of single values, at each of the given ones.</summary>
    public static double[] Run(double[] x, Func<GraphBuilder, Node, Node> build) =>
        Run(new FeatureShape(1, 1, x.Length), x, build).Values;

    public static void AssertEqual(double[] expected, double[] actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
