using SuperRes.Engine.Steps;
using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Compilation;

/// <summary>Joins neighbouring steps whose results are single pixels into one.</summary>
internal static class VectorSequences
{
    public static IReadOnlyList<Step> Join(CompilationState state)
    {
        var isVector = FindVectors(state.Graph);
        var steps = new List<Step>();
        var run = new List<Step>();
        foreach (var step in state.Steps)
        {
            if (step is SinkStep or TapStep || !isVector[state.Maps[step.Output].Node.Index])
            {
                Flush();
                steps.Add(step);
            }
            else
            {
                run.Add(step);
            }
        }

        Flush();
        return steps;

        void Flush()
        {
            if (run.Count > 0)
            {
                steps.Add(run.Count == 1 ? run[0] : Join(run));
                run.Clear();
            }
        }
    }

    /// <summary>Which nodes are of one pixel, whatever the size of the image.</summary>
    private static bool[] FindVectors(Graph graph)
    {
        var isVector = new bool[graph.Nodes.Count];
        foreach (var node in graph.Nodes.Skip(1))
        {
            isVector[node.Index] = node.Operation is GlobalPool or Flatten || node.Inputs.All(input => isVector[input.Index]);
        }

        return isVector;
    }

    private static SequenceStep Join(List<Step> run)
    {
        int[] made = [.. run.Select(step => step.Output)];
        return new SequenceStep([.. run])
        {
            Name = run[^1].Name,
            Inputs = [.. run.SelectMany(step => step.Inputs).Except(made).Distinct()],
            Output = made[^1],
            Extras = made[..^1],
        };
    }
}
