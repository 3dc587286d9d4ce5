using SuperRes.ModelFiles;
using SuperRes.Networks;

namespace SuperRes.Onnx.Tests;

/// <summary>Models as if trained.</summary>
internal static class TestModels
{
    public static Model Create(NetworkOptions options, ulong seed = 1) => new(options, Weights(options.BuildGraph(), seed));

    /// <summary>
    /// New weights, with noise on everything that starts at a constant: batch norm that still is the identity, or a bias
    /// of zero, would hide a fault.
    /// </summary>
    public static Weights Weights(Graph graph, ulong seed = 1)
    {
        var weights = Networks.Weights.Initialize(graph, seed);
        var random = new Random((int)seed);
        foreach (var parameter in graph.Parameters.Where(parameter => parameter.Initializer is Initializer.Constant))
        {
            var values = weights[parameter];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] += (random.NextSingle() - 0.5f) / 2;
            }
        }

        return weights;
    }
}
