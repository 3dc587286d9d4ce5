using SuperRes.Networks.Operations;

namespace SuperRes.Networks.Architectures;

/// <summary>
/// The convolutional block attention module (Woo et al. 2018, arXiv:1807.06521, section 3):
/// F' = Mc(F) * F, F'' = Ms(F') * F'. Taps find the gates as <c>NAME.channel</c> and <c>NAME.spatial</c>.
/// </summary>
internal static class Cbam
{
    private const string ChannelSuffix = ".channel";
    private const string SpatialSuffix = ".spatial";

    /// <summary>Whether a node makes what a module multiplies by.</summary>
    public static bool IsGate(Node node) => node.Operation is Sigmoid && (IsChannelGate(node) || node.Name.EndsWith(SpatialSuffix, StringComparison.Ordinal));

    /// <summary>Whether a gate is one of channels; otherwise it is one of positions.</summary>
    public static bool IsChannelGate(Node gate) => gate.Name.EndsWith(ChannelSuffix, StringComparison.Ordinal);

    /// <summary>The name of the module that a gate belongs to.</summary>
    public static string ModuleOf(Node gate) => gate.Name[..gate.Name.LastIndexOf('.')];

    /// <summary>Where a block ends.</summary>
    public static Node AtBlockEnd(GraphBuilder g, string name, Node x, CbamOptions? options) =>
        options is { Placement: CbamPlacement.BlockEnd or CbamPlacement.EveryConv } ? Append(g, name, x, options) : x;

    /// <summary>After a convolution inside a block.</summary>
    public static Node AfterConv(GraphBuilder g, string name, Node x, CbamOptions? options) =>
        options is { Placement: CbamPlacement.EveryConv } ? Append(g, name, x, options) : x;

    /// <summary>Where feature extraction ends.</summary>
    public static Node AtTail(GraphBuilder g, string name, Node x, CbamOptions? options) =>
        options is { Placement: CbamPlacement.TailOnly } ? Append(g, name, x, options) : x;

    private static Node Append(GraphBuilder g, string name, Node x, CbamOptions options)
    {
        var gated = Gate(g, name, x, options);
        return options.Gain == 1 ? gated : g.Scale(gated, options.Gain);
    }

    private static Node Gate(GraphBuilder g, string name, Node x, CbamOptions options) => options.Order switch
    {
        CbamOrder.ChannelFirst => SpatialGate(g, name, ChannelGate(g, name, x, options), options),
        CbamOrder.SpatialFirst => ChannelGate(g, name, SpatialGate(g, name, x, options), options),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Order, null),
    };

    /// <summary>Mc(F) = sigmoid(MLP(average over positions) + MLP(maximum over positions)), equation 2: one MLP for both.</summary>
    private static Node ChannelGate(GraphBuilder g, string name, Node x, CbamOptions options)
    {
        if (!options.Channel)
        {
            return x;
        }

        var mlp = $"{name}{ChannelSuffix}.mlp";
        var average = GateInput(g, g.GlobalPool(x, PoolKind.Average), options);                  // N, C, 1, 1
        var max = GateInput(g, g.GlobalPool(x, PoolKind.Max), options);                          // N, C, 1, 1
        var squeeze = g.Linear($"{mlp}.0", average, Math.Max(1, x.Channels / options.Reduction)); // N, C/r, 1, 1
        // Batch norm would take a bias away again.
        var expand = g.Linear($"{mlp}.2", g.Relu(squeeze), x.Channels, bias: !options.MlpBatchNorm);
        var (ofAverage, ofMax) = (expand, g.Reuse(expand, g.Relu(g.Reuse(squeeze, max))));       // N, C, 1, 1
        if (options.MlpBatchNorm)
        {
            ofAverage = g.BatchNorm($"{mlp}.3", ofAverage);
            ofMax = g.Reuse(ofAverage, ofMax);
        }

        return g.Multiply(x, g.Sigmoid(g.Add(ofAverage, ofMax), $"{name}{ChannelSuffix}"));          // N, C, H, W
    }

    /// <summary>Ms(F) = sigmoid(conv7x7([average over channels; maximum over channels])), equation 3.</summary>
    private static Node SpatialGate(GraphBuilder g, string name, Node x, CbamOptions options)
    {
        if (!options.Spatial)
        {
            return x;
        }

        var average = GateInput(g, g.ChannelPool(x, PoolKind.Average), options);                 // N, 1, H, W
        var max = GateInput(g, g.ChannelPool(x, PoolKind.Max), options);                         // N, 1, H, W
        var map = g.Conv($"{name}{SpatialSuffix}.conv", g.Concat(average, max), 1, options.SpatialKernel);
        return g.Multiply(x, g.Sigmoid(map, $"{name}{SpatialSuffix}"));                         // N, C, H, W
    }

    /// <summary>The pooled features, or ones: not zeros, which would leave the first layer's weights without a gradient.</summary>
    private static Node GateInput(GraphBuilder g, Node pooled, CbamOptions options) =>
        options.GateInput == CbamGateInput.Constant
            ? g.MeanShift(g.Scale(pooled, 0), [.. Enumerable.Repeat(1f, pooled.Channels)])
            : pooled;
}
