using SuperRes.Networks.Operations;

namespace SuperRes.Networks.Analysis;

/// <summary>What can be said of a network without running it.</summary>
public sealed class GraphAnalysis
{
    private readonly Graph _graph;
    private readonly FeatureShape _reference;

    /// <summary>Analyses a graph.</summary>
    public GraphAnalysis(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        (_graph, _reference) = (graph, graph.Input.ReferenceShape);
        ReceptiveField = ReceptiveFieldFinder.Find(graph);
        WholeImageNodes = [.. graph.Nodes.Where(node => node.Operation is GlobalPool or SelfAttention or Flatten)];
        HasFixedSize = !Accepts(2 * _reference.Height, 2 * _reference.Width);
        MinimumHeight = HasFixedSize ? _reference.Height : Enumerable.Range(1, _reference.Height).First(height => Accepts(height, _reference.Width));
        MinimumWidth = HasFixedSize ? _reference.Width : Enumerable.Range(1, _reference.Width).First(width => Accepts(_reference.Height, width));
    }

    /// <summary>Values that training changes.</summary>
    public long TrainableCount => _graph.TrainableCount;

    /// <summary>Values beside them: batch norm's running statistics.</summary>
    public long StatisticsCount => _graph.Parameters.Where(parameter => !parameter.Trainable).Sum(parameter => (long)parameter.Count);

    /// <summary>Multiply-accumulates per pixel of the input, at the graph's reference size: exact at every size for networks of convolutions.</summary>
    public double MacsPerInputPixel => (double)Macs(_reference.Height, _reference.Width) / _reference.Positions;

    /// <summary>
    /// How far the operations look that see a neighbourhood. Where <see cref="WholeImageNodes"/> is not empty, those
    /// reach farther: this is the rest's part.
    /// </summary>
    public ReceptiveField ReceptiveField { get; }

    /// <summary>
    /// The nodes whose result at each position depends on every position: global pooling, self-attention, flattening.
    /// Where there are any, an image cut into tiles gives another result than the whole, unless they are computed apart.
    /// </summary>
    public IReadOnlyList<Node> WholeImageNodes { get; }

    /// <summary>Whether the network takes only inputs of <see cref="MinimumHeight"/> x <see cref="MinimumWidth"/>.</summary>
    public bool HasFixedSize { get; }

    /// <summary>The smallest height of an input.</summary>
    public int MinimumHeight { get; }

    /// <summary>The smallest width of an input.</summary>
    public int MinimumWidth { get; }

    /// <summary>
    /// Multiply-accumulates for an input of this size: those of weights (padding counted as pixels, transposed convolutions
    /// per input pixel) and of attention's two products. Element-wise work, pooling and bicubic upsampling are not counted.
    /// </summary>
    /// <exception cref="GraphException">The network can't take an input of this size.</exception>
    public long Macs(int height, int width)
    {
        var shapes = _graph.InferShapes(height, width);
        return _graph.Nodes.Sum(node => MacsOf(node, shapes));
    }

    /// <summary>
    /// The most memory, in bytes, that float32 results hold at one time when each node writes its own and frees its
    /// inputs after their last use: what a plain executor needs. The engine fuses operations and needs less.
    /// </summary>
    /// <exception cref="GraphException">The network can't take an input of this size.</exception>
    public long PlainActivationBytes(int height, int width)
    {
        var shapes = _graph.InferShapes(height, width);
        var lastUse = new int[_graph.Nodes.Count];
        foreach (var node in _graph.Nodes)
        {
            foreach (var input in node.Inputs)
            {
                lastUse[input.Index] = node.Index;
            }
        }

        foreach (var (_, output) in _graph.Outputs)
        {
            lastUse[output.Index] = _graph.Nodes.Count;
        }

        var (live, peak) = (0L, 0L);
        foreach (var node in _graph.Nodes)
        {
            live += shapes[node.Index].Count;
            peak = Math.Max(peak, live);
            live -= node.Inputs.Distinct().Where(input => lastUse[input.Index] == node.Index).Sum(input => shapes[input.Index].Count);
        }

        return peak * sizeof(float);
    }

    internal static long MacsOf(Node node, IReadOnlyList<FeatureShape> shapes)
    {
        var result = shapes[node.Index];
        return node.Operation switch
        {
            Conv2d conv => result.Positions * conv.Weight.Count,
            ConvTranspose2d conv => shapes[node.Inputs[0].Index].Positions * conv.Weight.Count,
            Linear linear => result.Positions * linear.Weight.Count,
            // Queries times keys, and weights times values: positions² per channel each.
            SelfAttention => 2 * result.Positions * result.Count,
            _ => 0,
        };
    }

    private bool Accepts(int height, int width)
    {
        try
        {
            _graph.InferShapes(height, width);
            return true;
        }
        catch (GraphException)
        {
            return false;
        }
    }
}
