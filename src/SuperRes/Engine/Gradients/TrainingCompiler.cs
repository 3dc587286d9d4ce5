using SuperRes.Engine.Memory;
using SuperRes.Engine.Simd;
using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Gradients;

/// <summary>Compiles a graph for training at one batch size: fuses, lays maps and gradients in memory, makes the steps.</summary>
internal sealed class TrainingCompiler<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly Graph _graph;
    private readonly ParameterStore _parameters;
    private readonly TrainingWorkers _workers;
    private readonly TrainingFusion _fusion;
    private readonly IReadOnlyList<FeatureShape> _shapes;
    private readonly int _count;
    private readonly Dictionary<Node, BatchMap> _values = [];
    private readonly Dictionary<Node, PlannedStep> _producers = [];
    private readonly List<PlannedStep> _steps = [];
    private readonly List<IDisposable> _owned = [];
    private readonly WinogradScratch _winograd = new();
    private readonly Dictionary<Node, int> _usesLeft;
    private readonly HashSet<Node> _readAgain;
    private readonly List<NativeBuffer> _free = [];

    private TrainingCompiler(Graph graph, ParameterStore parameters, TrainingWorkers workers, int count, int height, int width)
    {
        (_graph, _parameters, _workers, _count) = (graph, parameters, workers, count);
        _fusion = new TrainingFusion(graph);
        _shapes = graph.InferShapes(height, width);
        _usesLeft = graph.Nodes.SelectMany(node => node.Inputs).GroupBy(input => input).ToDictionary(uses => uses.Key, uses => uses.Count());
        _readAgain = [graph.Input, .. graph.Outputs.Select(output => output.Value)];
        _owned.Add(_winograd);
    }

    /// <param name="inputGradient">Whether the gradient of the input will be wanted.</param>
    /// <param name="parameterGradients">Whether the gradients of the parameters will be.</param>
    public static TrainingPlan Compile(
        Graph graph, ParameterStore parameters, TrainingWorkers workers, (int Count, int Height, int Width) batch, bool inputGradient, bool parameterGradients)
    {
        var compiler = new TrainingCompiler<TSimd>(graph, parameters, workers, batch.Count, batch.Height, batch.Width);
        compiler.AddSteps();
        return compiler.Plan(inputGradient, parameterGradients);
    }

    private TrainingPlan Plan(bool inputGradient, bool parameterGradients)
    {
        var planner = new GradientPlanner(_values, Wanted(inputGradient, parameterGradients), _workers, _free, _owned);
        BatchMap?[] seeds = [.. _graph.Outputs.Select(output => planner.Seed(output.Value))];
        _parameterGradients = parameterGradients;
        planner.Plan(_steps);
        _workers.Reserve(_steps.Max(step => step.Step.ScratchLength));
        _owned.AddRange(_steps.Select(step => step.Step).OfType<IDisposable>());
        return new TrainingPlan(
            _values[_graph.Input],
            [.. _graph.Outputs.Select(output => _values[output.Value])],
            seeds,
            inputGradient ? planner.Find(_graph.Input) : null,
            [.. _steps.Select(step => step.Step)],
            planner.Actions,
            _owned);
    }

    private bool _parameterGradients;

    /// <summary>Nodes whose gradient is needed: those that a trained parameter or the wanted input lies behind.</summary>
    private HashSet<Node> Wanted(bool inputGradient, bool parameterGradients)
    {
        var wanted = new HashSet<Node>();
        if (inputGradient)
        {
            wanted.Add(_graph.Input);
        }

        foreach (var node in _graph.Nodes.Skip(1))
        {
            if ((parameterGradients && node.Operation.Parameters.Any(parameter => parameter.Trainable)) || node.Inputs.Any(wanted.Contains))
            {
                wanted.Add(node);
            }
        }

        return wanted;
    }

    private void AddSteps()
    {
        NewMap(_graph.Input);
        foreach (var node in _graph.Nodes.Skip(1).Where(node => !_fusion.IsFused(node)))
        {
            AddStep(node);
        }
    }

    private void AddStep(Node node)
    {
        switch (node.Operation)
        {
            case Conv2d convolution:
                AddConvolution(node, convolution);
                break;
            case Relu:
                AddPointwise(node, new Pointwise.Relu());
                break;
            case LeakyRelu leaky:
                AddPointwise(node, new Pointwise.LeakyRelu(leaky.NegativeSlope));
                break;
            case Sigmoid:
                AddPointwise(node, new Pointwise.Sigmoid());
                break;
            case Tanh:
                AddPointwise(node, new Pointwise.Tanh());
                break;
            case Scale scale:
                AddPointwise(node, new Pointwise.Scale(scale.Factor));
                break;
            case MeanShift shift:
                AddPointwise(node, new Pointwise.Shift([.. shift.Offsets]));
                break;
            case ChannelScale scale:
                AddPointwise(node, new Pointwise.ChannelScale([.. scale.Factors]));
                break;
            case Gelu:
                AddPointwise(node, new Pointwise.Gelu());
                break;
            case Linear linear:
                AddLinear(node, linear);
                break;
            case ConvTranspose2d transposed:
                AddTransposed(node, transposed);
                break;
            default:
                Add(node, Step(node));
                break;
        }
    }

    private TrainingStep Step(Node node)
    {
        var input = _values[node.Inputs[0]];
        var second = node.Inputs.Count > 1 ? _values[node.Inputs[1]] : input;
        var output = NewMap(node);
        return node.Operation switch
        {
            Networks.Operations.Add => new AddTraining(input, second, output, _workers),
            Multiply => new MultiplyTraining(input, second, output, _workers),
            Concat => new ConcatTraining(input, second, output, _workers),
            PixelShuffle shuffle => new PixelShuffleTraining(input, output, shuffle.Factor, _workers),
            GlobalPool { Pool: PoolKind.Max } => new MaxPoolTraining(input, output, (input.Height, input.Width, 1), _workers),
            GlobalPool => new AveragePoolTraining(input, output, overChannels: false, _workers),
            ChannelPool { Pool: PoolKind.Max } => new MaxPoolTraining(input, output, (1, 1, input.Channels), _workers),
            ChannelPool => new AveragePoolTraining(input, output, overChannels: true, _workers),
            MaxPool2d pool => new MaxPoolTraining(input, output, (pool.Kernel, pool.Kernel, 1), _workers),
            BatchNorm norm => new BatchNormTraining(input, output, norm, _parameters, _workers),
            LayerNorm norm => new LayerNormTraining(input, output, norm, _parameters, _workers),
            Prelu prelu => new PreluTraining(input, output, prelu.Slope, _parameters, _workers),
            AddParameter add => new AddParameterTraining(input, output, add.Value, _parameters, _workers),
            SelfAttention attention => new SelfAttentionTraining<TSimd>(input, output, attention.Heads, _workers),
            BicubicUpsample bicubic => new BicubicTraining(input, output, bicubic.Factor, _workers),
            Flatten => new FlattenTraining(input, output, _workers),
            _ => throw new GraphException($"'{node.Name}' ({node.Operation.Kind}) has no backward pass."),
        };
    }

    private void AddPointwise<TFunction>(Node node, TFunction function)
        where TFunction : struct, IPointwise =>
        Add(node, new PointwiseTraining<TFunction>(_values[node.Inputs[0]], NewMap(node), function, _workers));

    private void AddConvolution(Node node, Conv2d convolution)
    {
        var fused = _fusion.Of(node);
        var weights = Weights(node);
        if (fused.Tail is not null)
        {
            var tail = new CollapsedTailTraining<TSimd>(
                _values[node.Inputs[0]], NewMap(fused.Output), weights, Weights(fused.Tail), fused.Shuffle, _workers, _winograd);
            Add(fused, node, tail, tail.PrepareBackward);
            return;
        }

        if (fused.Winograd)
        {
            AddWinograd(node, fused, weights, fused.Shuffle);
            return;
        }

        if (fused.Slope is null && PlanarTraining<TSimd>.Serves(convolution))
        {
            Add(node, new PlanarTraining<TSimd>(_values[node.Inputs[0]], NewMap(node), weights, _workers));
            return;
        }

        var step = new DirectTraining<TSimd>(_values[node.Inputs[0]], NewMap(fused.Output), weights, fused.Slope, convolution.Stride, convolution.Padding, _workers);
        Add(fused, node, step, () => step.PrepareBackward(_parameterGradients));
    }

    private void AddWinograd(Node node, TrainingFusion.Fused fused, ConvolutionWeights weights, int shuffle)
    {
        var residual = fused.Residual is null ? null : _values[fused.Residual];
        Add(fused, node, new WinogradTraining<TSimd>(_values[node.Inputs[0]], NewMap(fused.Output), residual, weights, fused.Slope, shuffle, _workers, _winograd));
    }

    private void AddLinear(Node node, Linear linear)
    {
        var weights = Weights(linear.Weight, linear.Bias, linear.InputChannels, linear.OutputChannels, kernel: (1, 1));
        var step = new LinearTraining<TSimd>(_values[node.Inputs[0]], NewMap(node), weights, _workers);
        Add(node, step, () => step.PrepareBackward(_parameterGradients));
    }

    private void AddTransposed(Node node, ConvTranspose2d transposed)
    {
        var fused = _fusion.Of(node);
        if (fused.Winograd)
        {
            var phases = Weights(transposed.Weight, transposed.Bias, transposed.InputChannels, 4 * transposed.OutputChannels, kernel: (3, 3), phased: true);
            AddWinograd(node, fused, phases, transposed.Stride);
            return;
        }

        var weights = Weights(transposed.Weight, transposed.Bias, transposed.InputChannels, transposed.OutputChannels, (transposed.KernelHeight, transposed.KernelWidth));
        var step = new TransposedTraining<TSimd>(_values[node.Inputs[0]], NewMap(fused.Output), weights, fused.Slope, transposed.Stride, transposed.Padding, _workers);
        Add(fused, node, step, () => step.PrepareBackward(_parameterGradients));
    }

    private ConvolutionWeights Weights(Node node)
    {
        var convolution = (Conv2d)node.Operation;
        var (inputs, columns) = _fusion.Channels(node);
        return Weights(convolution.Weight, convolution.Bias, inputs, columns, (convolution.KernelHeight, convolution.KernelWidth));
    }

    private unsafe ConvolutionWeights Weights(Parameter weight, Parameter? bias, int inputs, int columns, (int Height, int Width) kernel, bool phased = false) => new()
    {
        Inputs = inputs,
        Columns = columns,
        KernelHeight = kernel.Height,
        KernelWidth = kernel.Width,
        IsPhased = phased,
        Weight = _parameters.Weight(weight),
        WeightGradient = _parameters.Gradient(weight),
        Bias = bias is null ? null : _parameters.Weight(bias),
        BiasGradient = bias is null ? null : _parameters.Gradient(bias),
    };

    private BatchMap NewMap(Node node)
    {
        var shape = _shapes[node.Index];
        var channels = _fusion.Channels(node, shape.Channels);
        var length = _count * (long)shape.Height * shape.Width * channels;
        var isOutput = _graph.Outputs.Any(output => output.Value == node);
        var memory = isOutput ? null : _free.Find(buffer => buffer.Length == length);
        if (memory is null)
        {
            memory = isOutput ? NativeBuffer.Pinned(checked((int)length)) : new NativeBuffer(length);
            _owned.Add(memory);
        }

        _free.Remove(memory);
        return _values[node] = new BatchMap(memory, _count, shape.Height, shape.Width, channels);
    }

    private void Add(Node node, TrainingStep step, Action? prepare = null) =>
        Add(new PlannedStep(step, node.Inputs, node) { Producers = _producers, Prepare = prepare });

    private void Add(TrainingFusion.Fused fused, Node node, TrainingStep step, Action? prepare = null) => Add(
        new PlannedStep(step, fused.Residual is null ? node.Inputs : [node.Inputs[0], fused.Residual], fused.Output, fused.Slope)
        {
            Producers = _producers,
            Prepare = prepare,
        });

    private void Add(PlannedStep step)
    {
        _producers[step.Output] = step;
        _steps.Add(step);
        if (step.Slope is not null || step.Step.ReadsOutput)
        {
            _readAgain.Add(step.Output);
        }

        for (var i = 0; i < step.Inputs.Count; i++)
        {
            Use(step.Inputs[i], step.Step.ReadsInput(i));
        }
    }

    /// <summary>Gives a map's memory to others once all steps have read it and none will in the backward pass.</summary>
    private void Use(Node value, bool readAgain)
    {
        if (readAgain)
        {
            _readAgain.Add(value);
        }

        if (--_usesLeft[value] == 0 && !_readAgain.Contains(value))
        {
            _free.Add(_values[value].Memory);
        }
    }
}
