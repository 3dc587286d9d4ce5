using System.Runtime.CompilerServices;
using SuperRes.Networks.Operations;

namespace SuperRes.Networks;

/// <summary>
/// Builds a <see cref="Graph"/> in forward order. Every call checks its numbers (<see cref="ArgumentOutOfRangeException"/>)
/// and, at a reference input size, its shapes (<see cref="GraphException"/>, which names what doesn't fit); a node reads only nodes that are there already, so there are no cycles. Layers with parameters are named by the caller; the rest are called after the named layer before them
/// and what they do: <c>body.3.conv1.relu</c>.
/// </summary>
public sealed class GraphBuilder
{
    private readonly List<Node> _nodes = [];
    private readonly List<string> _layers = [];
    private readonly HashSet<string> _nodeNames = [];

    /// <summary>Starts a graph with an input of the given channels.</summary>
    /// <param name="channels">C of the input; 3 for RGB.</param>
    /// <param name="height">Height at which shapes are checked; the only one possible where the graph has layers of fixed size.</param>
    /// <param name="width">Width at which shapes are checked.</param>
    public GraphBuilder(int channels = 3, int height = 48, int width = 48)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        _nodes.Add(new Node(0, "x", new Input(channels), [], new FeatureShape(channels, height, width)));
        _nodeNames.Add("x");
        _layers.Add("x");
    }

    /// <summary>The network's input.</summary>
    public Node Input => _nodes[0];

    /// <summary>Convolution; padding keeps the size at stride 1 unless given, which an even kernel needs.</summary>
    public Node Conv(string name, Node x, int outputChannels, int kernel, int stride = 1, int? padding = null, bool bias = true, Initializer? weight = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputChannels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(kernel);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        ArgumentOutOfRangeException.ThrowIfNegative(padding ?? 0, nameof(padding));
        if (padding is null && kernel % 2 == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "No padding on all sides keeps the size with an even kernel. Give the padding, or take an odd kernel.");
        }

        var fanIn = x.Channels * kernel * kernel;
        return Append(name, new Conv2d(
            new Parameter($"{name}.weight", [outputChannels, x.Channels, kernel, kernel], weight ?? Initializer.FanIn(fanIn)),
            bias ? new Parameter($"{name}.bias", [outputChannels], Initializer.FanIn(fanIn)) : null,
            stride,
            padding ?? kernel / 2), x);
    }

    /// <summary>Transposed convolution that enlarges by its stride: kernel 2 * stride, padding stride / 2 (stride even).</summary>
    public Node ConvTranspose(string name, Node x, int outputChannels, int stride = 2, bool bias = true, Initializer? weight = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputChannels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        if (stride % 2 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(stride), stride, "A transposed convolution that enlarges by its stride needs an even one.");
        }

        var kernel = 2 * stride;
        var fanIn = x.Channels * kernel * kernel / (stride * stride);
        return Append(name, new ConvTranspose2d(
            new Parameter($"{name}.weight", [x.Channels, outputChannels, kernel, kernel], weight ?? Initializer.FanIn(fanIn)),
            bias ? new Parameter($"{name}.bias", [outputChannels], Initializer.Zeros) : null,
            stride,
            stride / 2), x);
    }

    /// <summary>Linear layer over the channels of each position.</summary>
    public Node Linear(string name, Node x, int outputChannels, bool bias = true, Initializer? weight = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputChannels);
        return Append(name, new Linear(
            new Parameter($"{name}.weight", [outputChannels, x.Channels], weight ?? Initializer.FanIn(x.Channels)),
            bias ? new Parameter($"{name}.bias", [outputChannels], Initializer.FanIn(x.Channels)) : null), x);
    }

    /// <summary>Batch normalisation.</summary>
    public Node BatchNorm(string name, Node x) =>
        Append(name, new BatchNorm(
            new Parameter($"{name}.weight", [x.Channels], Initializer.Ones),
            new Parameter($"{name}.bias", [x.Channels], Initializer.Zeros),
            new Parameter($"{name}.running_mean", [x.Channels], Initializer.Zeros, Trainable: false),
            new Parameter($"{name}.running_var", [x.Channels], Initializer.Ones, Trainable: false)), x);

    /// <summary>Layer normalisation over the channels.</summary>
    public Node LayerNorm(string name, Node x) =>
        Append(name, new LayerNorm(
            new Parameter($"{name}.weight", [x.Channels], Initializer.Ones),
            new Parameter($"{name}.bias", [x.Channels], Initializer.Zeros)), x);

    /// <summary>PReLU with one slope per channel, initially 0.25 as in PyTorch.</summary>
    public Node Prelu(string name, Node x) =>
        Append(name, new Prelu(new Parameter($"{name}.weight", [x.Channels], new Initializer.Constant(0.25f))), x);

    /// <summary>Adds a learned map of the reference size.</summary>
    public Node AddParameter(string name, Node x, Initializer initializer) =>
        Append(name, new AddParameter(new Parameter($"{name}.weight", [x.Channels, x.ReferenceShape.Height, x.ReferenceShape.Width], initializer)), x);

    /// <summary>max(x, 0).</summary>
    public Node Relu(Node x) => Append(null, new Relu(), x);

    /// <summary>Leaky ReLU.</summary>
    public Node LeakyRelu(Node x, float negativeSlope) => Append(null, new LeakyRelu(negativeSlope), x);

    /// <summary>Sigmoid.</summary>
    public Node Sigmoid(Node x, string? name = null) => Append(name, new Sigmoid(), x);

    /// <summary>Hyperbolic tangent.</summary>
    public Node Tanh(Node x) => Append(null, new Tanh(), x);

    /// <summary>Exact GELU.</summary>
    public Node Gelu(Node x) => Append(null, new Gelu(), x);

    /// <summary>Multiplies by a constant.</summary>
    public Node Scale(Node x, float factor) => Append(null, new Scale(factor), x);

    /// <summary>Multiplies each channel by a constant.</summary>
    public Node ChannelScale(Node x, IReadOnlyList<float> factors) => Append(null, new ChannelScale(factors), x);

    /// <summary>Adds a constant per channel.</summary>
    public Node MeanShift(Node x, IReadOnlyList<float> offsets) => Append(null, new MeanShift(offsets), x);

    /// <summary>Element-wise sum.</summary>
    public Node Add(Node x, Node y) => Append(null, new Add(), x, y);

    /// <summary>Gates <paramref name="x"/>.</summary>
    public Node Multiply(Node x, Node gate) => Append(null, new Multiply(), x, gate);

    /// <summary>Stacks channels.</summary>
    public Node Concat(Node x, Node y) => Append(null, new Concat(), x, y);

    /// <summary>Sub-pixel rearrangement.</summary>
    public Node PixelShuffle(Node x, int factor) => Append(null, new PixelShuffle(Positive(factor)), x);

    /// <summary>Bicubic upsampling by an integer.</summary>
    public Node BicubicUpsample(Node x, int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 2);
        return Append(null, new BicubicUpsample(factor), x);
    }

    /// <summary>Pools each channel over the whole map.</summary>
    public Node GlobalPool(Node x, PoolKind pool) => Append(null, new GlobalPool(pool), x);

    /// <summary>Pools each position over the channels.</summary>
    public Node ChannelPool(Node x, PoolKind pool) => Append(null, new ChannelPool(pool), x);

    /// <summary>Largest value of each window.</summary>
    public Node MaxPool(Node x, int kernel) => Append(null, new MaxPool2d(Positive(kernel)), x);

    /// <summary>Multi-head attention; <paramref name="qkv"/> holds queries, keys and values.</summary>
    public Node SelfAttention(Node qkv, int heads) => Append(null, new SelfAttention(Positive(heads)), qkv);

    /// <summary>All values as channels.</summary>
    public Node Flatten(Node x) => Append(null, new Flatten(), x);

    /// <summary>
    /// Applies a layer that is in the graph already to another map, with the same parameters: CBAM's MLP sees the average
    /// and the maximum. A trainer adds up the gradients of both uses.
    /// </summary>
    public Node Reuse(Node layer, Node x) => Append(UniqueName($"{Own(layer).Name}.again"), layer.Operation, x);

    /// <summary>The finished graph. Nodes that no output needs are left out.</summary>
    /// <param name="output">The main output.</param>
    /// <param name="others">Further outputs by name.</param>
    public Graph Build(Node output, params IReadOnlyList<(string Name, Node Node)> others)
    {
        List<KeyValuePair<string, Node>> outputs = [new(Graph.MainOutput, output), .. others.Select(other => KeyValuePair.Create(other.Name, other.Node))];
        if (outputs.DistinctBy(pair => pair.Key).Count() != outputs.Count)
        {
            throw new GraphException("Two outputs have one name.");
        }

        var needed = new bool[_nodes.Count];
        needed[0] = true;
        outputs.ForEach(pair => needed[Own(pair.Value).Index] = true);
        for (var i = _nodes.Count - 1; i > 0; i--)
        {
            if (needed[i])
            {
                foreach (var input in _nodes[i].Inputs)
                {
                    needed[input.Index] = true;
                }
            }
        }

        return Compact(needed, outputs);
    }

    private Graph Compact(bool[] needed, List<KeyValuePair<string, Node>> outputs)
    {
        var kept = new List<Node>();
        var replacement = new Node[_nodes.Count];
        foreach (var node in _nodes.Where(node => needed[node.Index]))
        {
            replacement[node.Index] = new Node(kept.Count, node.Name, node.Operation, [.. node.Inputs.Select(input => replacement[input.Index])], node.ReferenceShape);
            kept.Add(replacement[node.Index]);
        }

        return new Graph(kept, [.. outputs.Select(pair => KeyValuePair.Create(pair.Key, replacement[pair.Value.Index]))]);
    }

    private static int Positive(int value, [CallerArgumentExpression(nameof(value))] string? parameter = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, parameter);
        return value;
    }

    private Node Append(string? name, Operation operation, params ReadOnlySpan<Node> inputs)
    {
        var layer = name ?? _layers[Own(inputs[0]).Index];
        name ??= UniqueName($"{layer}.{operation.Kind.ToLowerInvariant()}");
        if (name.Length == 0 || name.Any(char.IsWhiteSpace))
        {
            throw new GraphException($"'{name}' is not a name: names are dotted words without spaces, as in 'body.3.conv1'.");
        }

        if (!_nodeNames.Add(name))
        {
            throw new GraphException($"Two nodes are called '{name}'.");
        }

        var shapes = new FeatureShape[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            shapes[i] = Own(inputs[i]).ReferenceShape;
        }

        var node = new Node(_nodes.Count, name, operation, [.. inputs], InferNamed(name, operation, shapes));
        _nodes.Add(node);
        _layers.Add(layer);
        return node;
    }

    private static FeatureShape InferNamed(string name, Operation operation, FeatureShape[] inputs)
    {
        try
        {
            return operation.Infer(inputs);
        }
        catch (GraphException exception)
        {
            throw new GraphException($"{name}: {exception.Message}", exception);
        }
    }

    private Node Own(Node node) =>
        node.Index < _nodes.Count && ReferenceEquals(_nodes[node.Index], node)
            ? node
            : throw new GraphException($"Node '{node.Name}' belongs to another graph.");

    private string UniqueName(string name)
    {
        var unique = name;
        for (var i = 2; _nodeNames.Contains(unique); i++)
        {
            unique = $"{name}{i}";
        }

        return unique;
    }
}
