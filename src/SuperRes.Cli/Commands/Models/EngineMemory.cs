using SuperRes.Cli.CommandLine;
using SuperRes.Engine.Compilation;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;
using SuperRes.Networks;

namespace SuperRes.Cli.Commands.Models;

/// <summary>The memory that the engine's plan of a network works in, weights apart.</summary>
/// <param name="MapBytes">Feature maps.</param>
/// <param name="ScratchBytesPerThread">What each thread adds.</param>
internal sealed record EngineMemory(long MapBytes, long ScratchBytesPerThread)
{
    /// <summary>Plans the network at a size; null where the engine lacks an operation.</summary>
    public static EngineMemory? Plan(Graph graph, ImageSize size)
    {
        try
        {
            // A plan depends on shapes only, so any weights do; zeros are made fastest.
            var zeros = new Weights(graph.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, new Tensor(parameter.Shape, new float[parameter.Count]))));
            using var network = CompiledNetwork.Compile(graph, zeros, SimdWidths.Default);
            var plan = new ExecutionPlan(network, size.Height, size.Width);
            return new EngineMemory(plan.ArenaLength * sizeof(float), plan.ScratchLength * sizeof(float));
        }
        catch (GraphException)
        {
            return null;
        }
    }
}
