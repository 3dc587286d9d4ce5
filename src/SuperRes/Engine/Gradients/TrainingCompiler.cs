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

    private TrainingCompiler(Graph graph, ParameterStore parameters, TrainingWorkers workers, int count, int height, int width)
    {
        (_graph, _parameters, _workers, _count) = (graph, parameters, workers, count);
        _fusion = new TrainingFusion(graph);
        _shapes = graph.InferShapes(height, width);
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
        var planner = new GradientPlanner(_values, Wanted(inputGradient, parameterGradients), _workers, _owned);
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
            case Networks.Operations.Add:
                Add(node, new AddTraining(_values[node.Inputs[0]], _values[node.Inputs[1]], NewMap(node), _workers));
                break;
            case PixelShuffle shuffle:
                Add(node, new PixelShuffleTraining(_values[node.Inputs[0]], NewMap(node), shuffle.Factor, _workers));
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
            default:
                throw new GraphException($"'{node.Name}' ({node.Operation.Kind}) has no backward pass.");
        }
    }

    private void AddPointwise<TFunction>(Node node, TFunction function)
        where TFunction : struct, IPointwise =>
        Add(node, new PointwiseTraining<TFunction>(_values[node.Inputs[0]], NewMap(node), function, _workers));

    private void AddConvolution(Node node, Conv2d convolution)
    {
        var fused = _fusion.Of(node);
        var weights = Weights(convolution, fused.Shuffle);
        var input = _values[node.Inputs[0]];
        var output = NewMap(fused.Output);
        if (fused.Winograd)
        {
            var residual = fused.Residual is null ? null : _values[fused.Residual];
            Add(fused, node, new WinogradTraining<TSimd>(input, output, residual, weights, fused.Rectified, fused.Shuffle, _workers, _winograd));
        }
        else
        {
            var step = new DirectTraining<TSimd>(input, output, weights, fused.Rectified, convolution.Stride, convolution.Padding, _workers);
            Add(fused, node, step, () => step.PrepareBackward(_parameterGradients));
        }
    }

    private unsafe ConvolutionWeights Weights(Conv2d convolution, int shuffle) => new()
    {
        Inputs = convolution.InputChannels,
        Columns = convolution.OutputChannels,
        KernelHeight = convolution.KernelHeight,
        KernelWidth = convolution.KernelWidth,
        Weight = _parameters.Weight(convolution.Weight),
        WeightGradient = _parameters.Gradient(convolution.Weight),
        Bias = convolution.Bias is null ? null : _parameters.Weight(convolution.Bias),
        BiasGradient = convolution.Bias is null ? null : _parameters.Gradient(convolution.Bias),
    };

    private BatchMap NewMap(Node node)
    {
        var shape = _shapes[node.Index];
        var memory = new NativeBuffer(_count * shape.Count);
        _owned.Add(memory);
        return _values[node] = new BatchMap(memory, _count, shape.Height, shape.Width, shape.Channels);
    }

    private void Add(Node node, TrainingStep step) => Add(new PlannedStep(step, node.Inputs, node) { Producers = _producers });

    private void Add(TrainingFusion.Fused fused, Node node, TrainingStep step, Action? prepare = null) => Add(
        new PlannedStep(step, fused.Residual is null ? node.Inputs : [node.Inputs[0], fused.Residual], fused.Output, fused.Rectified)
        {
            Producers = _producers,
            Prepare = prepare,
        });

    private void Add(PlannedStep step)
    {
        _producers[step.Output] = step;
        _steps.Add(step);
    }
}
