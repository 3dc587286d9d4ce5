using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Reference;

/// <summary>
/// Runs a graph by its definitions, one plain loop per operation, in double precision: slow, and obviously right. The
/// engine's kernels, the ONNX files and the gradients are checked against it.
/// </summary>
internal sealed class ReferenceExecutor
{
    private readonly Graph _graph;
    private readonly IReadOnlyDictionary<string, double[]> _values;

    /// <summary>With the weights of a model.</summary>
    public ReferenceExecutor(Graph graph, Weights weights)
        : this(graph, ToDouble(graph, weights))
    {
    }

    /// <summary>With values by parameter name, read at each run: a difference quotient changes them in between.</summary>
    public ReferenceExecutor(Graph graph, IReadOnlyDictionary<string, double[]> values)
    {
        (_graph, _values) = (graph, values);
        foreach (var parameter in graph.Parameters)
        {
            if (!values.TryGetValue(parameter.Name, out var found) || found.Length != parameter.Count)
            {
                throw new GraphException($"'{parameter.Name}' needs {parameter.Count} values, got {found?.Length ?? 0}.");
            }
        }
    }

    /// <summary>The values of a graph's parameters in double precision.</summary>
    public static Dictionary<string, double[]> ToDouble(Graph graph, Weights weights) =>
        graph.Parameters.ToDictionary(
            parameter => parameter.Name,
            parameter => Array.ConvertAll(weights[parameter], value => (double)value),
            StringComparer.Ordinal);

    /// <summary>Computes every node.</summary>
    /// <param name="input">N, C, H, W with the graph's input channels.</param>
    /// <param name="useBatchStatistics">True for batch norm as in training.</param>
    public ReferenceRun Run(ReferenceMap input, bool useBatchStatistics = false)
    {
        var shapes = _graph.InferShapes(input.Height, input.Width);
        if (input.Channels != _graph.Input.Channels)
        {
            throw new GraphException($"The network's input has {_graph.Input.Channels} channels, got {input.Channels}.");
        }

        var results = new ReferenceMap[_graph.Nodes.Count];
        var statistics = new Dictionary<string, double[]>(StringComparer.Ordinal);
        results[0] = input;
        foreach (var node in _graph.Nodes.Skip(1))
        {
            ReferenceMap[] inputs = [.. node.Inputs.Select(from => results[from.Index])];
            var result = node.Operation is BatchNorm batchNorm && useBatchStatistics
                ? BatchNormInTraining(inputs[0], batchNorm, statistics)
                : Apply(node.Operation, inputs);
            var shape = new FeatureShape(result.Channels, result.Height, result.Width);
            if (shape != shapes[node.Index])
            {
                throw new InvalidOperationException($"{node} is {shape}, and its operation infers {shapes[node.Index]}.");
            }

            results[node.Index] = result;
        }

        return new ReferenceRun(_graph, results, statistics);
    }

    private ReferenceMap Apply(Operation operation, ReferenceMap[] inputs) => operation switch
    {
        Conv2d conv => ReferenceConvolution.Conv2d(inputs[0], conv, Of(conv.Weight), OfBias(conv.Bias)),
        ConvTranspose2d conv => ReferenceConvolution.ConvTranspose2d(inputs[0], conv, Of(conv.Weight), OfBias(conv.Bias)),
        Linear linear => ReferenceConvolution.Linear(inputs[0], linear, Of(linear.Weight), OfBias(linear.Bias)),
        BatchNorm norm => ReferenceNormalization.BatchNorm(
            inputs[0], Of(norm.RunningMean), Of(norm.RunningVariance), Of(norm.Gamma), Of(norm.Beta), norm.Epsilon),
        LayerNorm norm => ReferenceNormalization.LayerNorm(inputs[0], Of(norm.Gamma), Of(norm.Beta), norm.Epsilon),
        MeanShift shift => PerChannel(inputs[0], (value, c) => value + shift.Offsets[c]),
        ChannelScale scale => PerChannel(inputs[0], (value, c) => value * scale.Factors[c]),
        AddParameter add => AddMap(inputs[0], Of(add.Value)),
        Prelu prelu => Prelu(inputs[0], Of(prelu.Slope)),
        LeakyRelu leaky => inputs[0].Map(value => value > 0 ? value : leaky.NegativeSlope * value),
        Relu => inputs[0].Map(value => Math.Max(value, 0)),
        Sigmoid => inputs[0].Map(value => 1 / (1 + Math.Exp(-value))),
        Tanh => inputs[0].Map(Math.Tanh),
        Gelu => inputs[0].Map(ReferenceMath.Gelu),
        Scale scale => inputs[0].Map(value => scale.Factor * value),
        Add => Combine(inputs[0], inputs[1], (x, y) => x + y),
        Multiply => Gate(inputs[0], inputs[1]),
        Concat => Stack(inputs[0], inputs[1]),
        PixelShuffle shuffle => ReferenceResampling.PixelShuffle(inputs[0], shuffle.Factor),
        BicubicUpsample bicubic => ReferenceResampling.BicubicUpsample(inputs[0], bicubic.Factor),
        GlobalPool pool => ReferencePooling.Global(inputs[0], pool.Pool),
        ChannelPool pool => ReferencePooling.OverChannels(inputs[0], pool.Pool),
        MaxPool2d pool => ReferencePooling.Max2d(inputs[0], pool.Kernel),
        SelfAttention attention => ReferenceAttention.SelfAttention(inputs[0], attention.Heads),
        Flatten => new ReferenceMap(inputs[0].Batch, inputs[0].Channels * inputs[0].Height * inputs[0].Width, 1, 1, inputs[0].Values),
        _ => throw new NotSupportedException($"The reference executor has no definition of {operation.Kind}."),
    };

    private double[] Of(Parameter parameter) => _values[parameter.Name];

    private double[]? OfBias(Parameter? bias) => bias is null ? null : Of(bias);

    /// <summary>
    /// A layer that is used twice moves its running statistics twice, in the order of the nodes, as PyTorch's does.
    /// </summary>
    private ReferenceMap BatchNormInTraining(ReferenceMap x, BatchNorm norm, Dictionary<string, double[]> statistics)
    {
        var count = x.Batch * x.Height * x.Width;
        if (count < 2)
        {
            throw new GraphException($"'{norm.Gamma.Name}': batch statistics need at least 2 values per channel, got {count}.");
        }

        var (mean, variance) = ReferenceNormalization.BatchStatistics(x);
        var unbiased = Array.ConvertAll(variance, value => value * count / (count - 1));
        Move(norm.RunningMean, mean);
        Move(norm.RunningVariance, unbiased);
        return ReferenceNormalization.BatchNorm(x, mean, variance, Of(norm.Gamma), Of(norm.Beta), norm.Epsilon);

        void Move(Parameter running, double[] now)
        {
            var before = statistics.GetValueOrDefault(running.Name) ?? Of(running);
            statistics[running.Name] = [.. before.Zip(now, (old, value) => old + (norm.Momentum * (value - old)))];
        }
    }

    private static ReferenceMap PerChannel(ReferenceMap x, Func<double, int, double> function) =>
        x.Fill(x.Channels, x.Height, x.Width, (n, c, row, column) => function(x[n, c, row, column], c));

    private static ReferenceMap Prelu(ReferenceMap x, double[] slope) =>
        PerChannel(x, (value, c) => value > 0 ? value : slope[c] * value);

    private static ReferenceMap AddMap(ReferenceMap x, double[] map) =>
        Combine(x, x.Fill(x.Channels, x.Height, x.Width, (_, c, row, column) => map[(((c * x.Height) + row) * x.Width) + column]), (a, b) => a + b);

    private static ReferenceMap Combine(ReferenceMap x, ReferenceMap y, Func<double, double, double> function) =>
        x.Fill(x.Channels, x.Height, x.Width, (n, c, row, column) => function(x[n, c, row, column], y[n, c, row, column]));

    private static ReferenceMap Gate(ReferenceMap x, ReferenceMap gate) =>
        x.Fill(x.Channels, x.Height, x.Width, (n, c, row, column) => x[n, c, row, column] * gate[
            n,
            gate.Channels == 1 ? 0 : c,
            gate.Height == 1 ? 0 : row,
            gate.Width == 1 ? 0 : column]);

    private static ReferenceMap Stack(ReferenceMap x, ReferenceMap y) =>
        x.Fill(x.Channels + y.Channels, x.Height, x.Width, (n, c, row, column) =>
            c < x.Channels ? x[n, c, row, column] : y[n, c - x.Channels, row, column]);
}
