using System.Globalization;
using System.Text;

namespace SuperRes.Networks.Analysis;

/// <summary>A network as a table of its layers.</summary>
public static class GraphTable
{
    private static readonly string[] Titles = ["Node", "Operation", "Output", "Parameters", "MACs", "Reads"];

    /// <summary>
    /// One line per node: name, operation, result's shape, parameters, multiply-accumulates, and what it reads where that
    /// is not just the line above. Lines end with '\n'; columns are aligned with spaces; numbers are invariant.
    /// </summary>
    /// <param name="graph">The network.</param>
    /// <param name="height">Height of the input at which shapes are given.</param>
    /// <param name="width">Width of the input.</param>
    /// <exception cref="GraphException">The network can't take an input of this size.</exception>
    public static string Render(Graph graph, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var shapes = graph.InferShapes(height, width);
        var listed = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
        List<string[]> rows = [.. graph.Nodes.Select(node => Row(node, shapes, listed))];
        var total = new[] { "Total", "", "", Number(graph.Parameters.Sum(parameter => (long)parameter.Count)), Number(graph.Nodes.Sum(node => GraphAnalysis.MacsOf(node, shapes))), "" };
        return Align([Titles, .. rows, total]);
    }

    private static string[] Row(Node node, IReadOnlyList<FeatureShape> shapes, HashSet<Parameter> listed)
    {
        // A layer that is used again brings no parameters of its own.
        var parameters = node.Operation.Parameters.Where(listed.Add).Sum(parameter => (long)parameter.Count);
        var readsLineAbove = node.Inputs.Count == 1 && node.Inputs[0].Index == node.Index - 1;
        return
        [
            node.Name,
            OperationText.Describe(node.Operation),
            shapes[node.Index].ToString(),
            Number(parameters),
            Number(GraphAnalysis.MacsOf(node, shapes)),
            readsLineAbove ? "" : string.Join(", ", node.Inputs.Select(input => input.Name)),
        ];
    }

    private static string Number(long value) => value == 0 ? "" : value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Align(List<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, Titles.Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (var (index, row) in rows.Index())
        {
            var line = row.Index().Select(cell => IsNumber(cell.Index) ? cell.Item.PadLeft(widths[cell.Index]) : cell.Item.PadRight(widths[cell.Index]));
            text.Append(string.Join("  ", line).TrimEnd()).Append('\n');
            if (index == 0 || index == rows.Count - 2)
            {
                text.Append('-', widths.Sum() + (2 * (widths.Length - 1))).Append('\n');
            }
        }

        return text.ToString();
    }

    private static bool IsNumber(int column) => column is 3 or 4;
}
