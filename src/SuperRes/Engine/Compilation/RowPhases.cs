using SuperRes.Engine.Planning;
using SuperRes.Engine.Steps;
using SuperRes.Networks;

namespace SuperRes.Engine.Compilation;

/// <summary>
/// Chooses at which rows the tiles of each step begin. A 3x3 convolution sees one row beyond what it makes. If all tiles
/// began at multiples of four, each layer would lag four rows behind the one before; begun one row earlier in each layer,
/// they lag one row: fewer rows are kept, and most of what a step reads was made just before and is still in a cache.
/// </summary>
internal static class RowPhases
{
    public static void Assign(Graph graph, IReadOnlyList<Step> steps, IReadOnlyList<MapInfo> maps)
    {
        var shapes = graph.Nodes.Select(node => node.ReferenceShape).ToArray();
        var fronts = new int[maps.Count];
        foreach (var step in steps)
        {
            var front = 0;
            for (var input = 0; input < step.Inputs.Count; input++)
            {
                var map = step.Inputs[input];
                if (step.InputRows(input, new RowRange(0, 1)) != RowRange.All && !maps[map].IsExtra)
                {
                    front = Math.Min(front, Reach(step, input, fronts[map], Height(step.Output), Height(map)));
                }
            }

            front = step.Align(front);
            fronts[step.Output] = front;
        }

        int Height(int map) => shapes[maps[map].Node.Index].Height;
    }

    /// <summary>How far a step comes when an input has come to <paramref name="front"/>.</summary>
    private static int Reach(Step step, int input, int front, int outputHeight, int inputHeight)
    {
        var reach = (int)((long)front * outputHeight / inputHeight);
        while (step.InputRows(input, new RowRange(reach - 1, reach)).End > front)
        {
            reach--;
        }

        return reach;
    }
}
