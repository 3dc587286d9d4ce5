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

    /// <summary>What a gate is the logistic function of.</summary>
    public static Node LogitOf(Node gate) => gate.Inputs[0];

    /// <summary>What a spatial gate is computed from: the average over the channels, and their maximum.</summary>
    public static Node PooledOf(Node spatialGate) => LogitOf(spatialGate).Inputs[0];

    /// <summary>The weights with which a channel gate multiplies by the same whatever it sees: its last layer's are 0.</summary>
    /// <param name="module">The module's name.</param>
    /// <param name="options">Its options.</param>
    /// <param name="gates">What each channel is multiplied by.</param>
    /// <param name="weights">The network's weights.</param>
    public static IEnumerable<KeyValuePair<string, Tensor>> HoldChannels(string module, CbamOptions options, IReadOnlyList<float> gates, Weights weights)
    {
        var last = $"{module}{ChannelSuffix}.mlp.{(options.MlpBatchNorm ? 3 : 2)}";
        var weight = weights[$"{last}.weight"];
        yield return KeyValuePair.Create($"{last}.weight", new Tensor(weight.Shape, new float[weight.Values.Length]));

        // The layer is added up twice, for the average and for the maximum.
        yield return KeyValuePair.Create($"{last}.bias", new Tensor([gates.Count], [.. gates.Select(gate => (float)(Logit(gate) / 2))]));
    }

    /// <summary>
    /// The weights with which a spatial gate whose input is constant is the same at every position. Where its window
    /// reaches beyond the image, it does what it did with the average input: the padding stays.
    /// </summary>
    /// <param name="module">The module's name.</param>
    /// <param name="logit">What it is the logistic function of.</param>
    /// <param name="average">Mean of the first map that the gate was computed from.</param>
    /// <param name="maximum">Mean of the second.</param>
    /// <param name="weights">The network's weights.</param>
    public static IEnumerable<KeyValuePair<string, Tensor>> HoldPositions(string module, float logit, float average, float maximum, Weights weights)
    {
        var name = $"{module}{SpatialSuffix}.conv";
        var weight = weights[$"{name}.weight"];
        var half = weight.Values.Length / 2;
        float[] folded = [.. weight.Values.Select((value, i) => value * (i < half ? average : maximum))];
        yield return KeyValuePair.Create($"{name}.weight", new Tensor(weight.Shape, folded));
        yield return KeyValuePair.Create($"{name}.bias", new Tensor([1], [(float)(logit - folded.Sum(value => (double)value))]));
    }

    /// <summary>What the logistic function makes a gate of; gates that are shut or open to the last bit are held just short of that.</summary>
    private static double Logit(float gate)
    {
        var inside = Math.Clamp(gate, 1e-6, 1 - 1e-6);
        return Math.Log(inside / (1 - inside));
    }

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
