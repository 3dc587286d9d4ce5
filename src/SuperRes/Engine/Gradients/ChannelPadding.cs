using SuperRes.Engine.Compilation;
using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// Which maps of a network in training have channels more than the network asks for, so that widths that are no multiple
/// of the vectors' go through the vector kernels too: 68 features are 80 with 12 that stay zero, and train twice as fast. Weights
/// from and to such channels are gaps of the parameters' layout, and their gradients are zero.
/// </summary>
/// <remarks>
/// Zeros stay zeros in convolutions, rectifiers, scales and sums. Maps that are summed have the same channels, so they
/// are padded together or not at all, and not where anything else reads one of them.
/// </remarks>
internal sealed class ChannelPadding
{
    private readonly Dictionary<Node, Group> _groups = [];
    private readonly ILookup<Node, Node> _consumers;
    private readonly HashSet<Node> _outputs;
    private readonly HashSet<Parameter> _shared;

    /// <param name="shared">Parameters with several uses, which have one layout for all.</param>
    public ChannelPadding(Graph graph, ILookup<Node, Node> consumers, HashSet<Node> outputs, HashSet<Parameter> shared)
    {
        (_consumers, _outputs, _shared) = (consumers, outputs, shared);
        foreach (var node in graph.Nodes)
        {
            Place(node);
        }

        foreach (var node in graph.Nodes)
        {
            Check(node);
        }

        // A shuffle may be padded only if the convolution before it is fused with it, which asks for the right inputs.
        while (graph.Nodes.Where(IsPaddedShuffle).FirstOrDefault(shuffle => !HasVectorInput(shuffle.Inputs[0])) is { } refused)
        {
            Of(refused)!.Refused = true;
        }
    }

    /// <summary>The channels of a node's map.</summary>
    public int Channels(Node node, int asked) => Of(node) is { IsPadded: true } group ? Packing.RoundUp(group.Channels) : asked;

    private static bool IsElementwise(Node node) => node.Operation is Relu or LeakyRelu or Scale or Add;

    private Group? Of(Node node) => _groups.GetValueOrDefault(node)?.Root;

    private bool IsPaddedShuffle(Node node) => node.Operation is PixelShuffle && Of(node) is { IsPadded: true };

    private bool HasVectorInput(Node convolution) =>
        Channels(convolution.Inputs[0], ((Conv2d)convolution.Operation).InputChannels) % Packing.ChannelMultiple == 0;

    /// <summary>Whether a shuffle's convolution can be fused with it, whatever its channels.</summary>
    private bool IsFusable(Node shuffle) =>
        shuffle.Inputs[0].Operation is Conv2d { KernelHeight: 3, KernelWidth: 3, Stride: 1, Padding: 1, Bias: not null } convolution
        && _consumers[shuffle.Inputs[0]].Count() == 1
        && !_outputs.Contains(shuffle.Inputs[0])
        && !_shared.Contains(convolution.Weight);

    private void Place(Node node)
    {
        var group = node.Operation switch
        {
            Conv2d convolution when !_consumers[node].Any(consumer => consumer.Operation is PixelShuffle) => new Group(convolution.OutputChannels),
            PixelShuffle shuffle when IsFusable(node) => new Group(((Conv2d)node.Inputs[0].Operation).OutputChannels / (shuffle.Factor * shuffle.Factor)),
            _ when IsElementwise(node) => Of(node.Inputs[0]),
            _ => null,
        };
        if (group is not null)
        {
            _groups[node] = group;
        }

        if (node.Operation is Add && group is not null && Of(node.Inputs[1]) is { } other && other != group)
        {
            group.Join(other);
        }
    }

    private void Check(Node node)
    {
        var takesPadding = IsElementwise(node) || node.Operation is Conv2d convolution && !_shared.Contains(convolution.Weight);
        foreach (var input in node.Inputs)
        {
            if (Of(input) is { } read && (!takesPadding || (IsElementwise(node) && Of(node) != read)))
            {
                read.Refused = true;
            }
        }

        if (Of(node) is { } group && (_outputs.Contains(node) || (node.Operation is Conv2d && !takesPadding) || (IsElementwise(node) && node.Inputs.Any(input => Of(input) != group))))
        {
            group.Refused = true;
        }
    }

    /// <summary>Maps that are padded together.</summary>
    private sealed class Group(int channels)
    {
        private Group? _joined;

        public int Channels => channels;

        public Group Root => _joined?.Root ?? this;

        /// <summary>Whether something needs the channels as they are.</summary>
        public bool Refused { get; set; }

        /// <summary>Padding pays where it adds at most half.</summary>
        public bool IsPadded => !Refused && channels % Packing.ChannelMultiple != 0 && 2 * Packing.RoundUp(channels) <= 3 * channels;

        /// <summary>Takes another in, before either is refused anything. Both are roots.</summary>
        public void Join(Group other)
        {
            other._joined = this;
        }
    }
}
