using SuperRes.Engine.Gradients;
using SuperRes.Engine.Simd;
using SuperRes.Engine.Threading;
using SuperRes.Networks;
using SuperRes.Training.Optimization;

namespace SuperRes.Training.Cpu;

/// <summary>A network in training on SuperRes's own engine. The same inputs give the same bits, whatever the number of threads.</summary>
public sealed class CpuNetwork : ITrainableNetwork
{
    private readonly ParameterStore _parameters;
    private readonly TrainingWorkers _workers;
    private readonly AdamUpdate _update;
    private readonly ParallelLoop _copyGradient;
    private readonly SimdWidth _width;
    private readonly GradientTargets _targets;
    private TrainingPlan? _plan;
    private FeatureBatch[] _outputs = [];
    private FeatureBatch? _inputGradient;
    private FeatureBatch? _gradientSource;
    private BatchMap? _gradientTarget;

    /// <summary>A network with the given weights.</summary>
    /// <param name="graph">What it computes.</param>
    /// <param name="weights">Its weights, copied.</param>
    /// <param name="threads">Threads; 0 for one per processor.</param>
    /// <param name="targets">The gradients that <see cref="Backward"/> will be asked for, at most; what is left out costs no memory.</param>
    /// <exception cref="GraphException">The weights don't fit, or an operation can't be trained.</exception>
    public CpuNetwork(Graph graph, Weights weights, int threads = 0, GradientTargets targets = GradientTargets.Parameters)
        : this(graph, weights, threads, targets, SimdWidths.Default)
    {
    }

    internal CpuNetwork(Graph graph, Weights weights, int threads, GradientTargets targets, SimdWidth width)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        var faults = weights.Differences(graph);
        if (faults.Count > 0)
        {
            throw new GraphException($"The weights do not fit the network: {string.Join("; ", faults)}.");
        }

        (Graph, _targets, _width) = (graph, targets, width);
        _workers = new TrainingWorkers(threads == 0 ? Environment.ProcessorCount : threads);
        _parameters = new ParameterStore(graph, new TrainingFusion(graph).Layouts(), frozen: !targets.HasFlag(GradientTargets.Parameters));
        _update = new AdamUpdate(_parameters, _workers);
        _copyGradient = _workers.Loop((image, _) => CopyGradient(image));
        _parameters.Load(_parameters.Weights, weights);
        _parameters.Load(_parameters.Average, weights);
    }

    /// <inheritdoc/>
    public Graph Graph { get; }

    /// <inheritdoc/>
    public IReadOnlyList<FeatureBatch> Forward(FeatureBatch input)
    {
        ArgumentNullException.ThrowIfNull(input);
        input.ThrowIfUnfit(Graph, nameof(input));
        Compile(input);
        input.Values.AsSpan().CopyTo(Values(_plan!.Input));
        _plan.Forward();
        return _outputs;
    }

    /// <inheritdoc/>
    public FeatureBatch? Backward(IReadOnlyList<FeatureBatch?> outputGradients, GradientTargets targets)
    {
        ArgumentNullException.ThrowIfNull(outputGradients);
        if ((targets & ~_targets) != 0)
        {
            throw new InvalidOperationException($"Asked for {targets}, and the network was made for {_targets}.");
        }

        var plan = _plan ?? throw new InvalidOperationException("There was no forward pass.");
        FeatureBatch.ThrowIfUnfit(outputGradients, _outputs);
        for (var i = 0; i < _outputs.Length; i++)
        {
            (_gradientSource, _gradientTarget) = (outputGradients[i], plan.OutputGradients[i]!);
            _copyGradient.Run(_gradientTarget.Count);
        }

        _gradientSource = null;
        plan.Backward(targets.HasFlag(GradientTargets.Parameters));
        if (!targets.HasFlag(GradientTargets.Input))
        {
            return null;
        }

        Values(plan.InputGradient!).CopyTo(_inputGradient!.Values);
        return _inputGradient;
    }

    /// <inheritdoc/>
    public void ClearGradients() => _update.ClearGradients();

    /// <inheritdoc/>
    public double GradientNorm() => _update.GradientNorm();

    /// <inheritdoc/>
    public void Update(OptimizerStep step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step.Step, 1, nameof(step));
        if (!_targets.HasFlag(GradientTargets.Parameters))
        {
            throw new InvalidOperationException($"Asked for an update, and the network was made for {_targets}.");
        }

        _update.Apply(step);
    }

    /// <inheritdoc/>
    public void RestoreStatistics() => _update.RestoreStatistics();

    /// <inheritdoc/>
    public NetworkState Save() => new(
        _parameters.Save(_parameters.Weights), _parameters.Save(_parameters.Average), _parameters.Save(_parameters.FirstMoment), _parameters.Save(_parameters.SecondMoment));

    /// <inheritdoc/>
    public void Load(NetworkState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.ThrowIfUnfit(Graph);
        _parameters.Load(_parameters.Weights, state.Weights);
        _parameters.Load(_parameters.Average, state.Average);
        _parameters.Load(_parameters.FirstMoment, state.FirstMoment);
        _parameters.Load(_parameters.SecondMoment, state.SecondMoment);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _plan?.Dispose();
        _parameters.Dispose();
        _workers.Dispose();
    }

    /// <summary>The gradients of the trained parameters, in their own order.</summary>
    internal Weights Gradients() => _parameters.Save(_parameters.Gradients);

    private static unsafe Span<float> Values(BatchMap map) => new(map.Pointer, checked((int)map.Length));

    /// <summary>One image's gradient of an output, or zeros where the loss does not depend on it.</summary>
    private void CopyGradient(int image)
    {
        var length = (int)_gradientTarget!.ImageLength;
        var target = Values(_gradientTarget).Slice(image * length, length);
        if (_gradientSource is { } source)
        {
            source.Values.AsSpan(image * length, length).CopyTo(target);
        }
        else
        {
            target.Clear();
        }
    }

    private void Compile(FeatureBatch input)
    {
        if (_plan is not null && (_plan.Input.Count, _plan.Input.Height, _plan.Input.Width) == (input.Count, input.Height, input.Width))
        {
            return;
        }

        _plan?.Dispose();
        _plan = null;
        var batch = (input.Count, input.Height, input.Width);
        var (inputs, parameters) = (_targets.HasFlag(GradientTargets.Input), _targets.HasFlag(GradientTargets.Parameters));
        _plan = _width switch
        {
            SimdWidth.Bits512 => TrainingCompiler<Simd512>.Compile(Graph, _parameters, _workers, batch, inputs, parameters),
            SimdWidth.Bits256 => TrainingCompiler<Simd256>.Compile(Graph, _parameters, _workers, batch, inputs, parameters),
            _ => TrainingCompiler<Simd128>.Compile(Graph, _parameters, _workers, batch, inputs, parameters),
        };
        _outputs = [.. _plan.Outputs.Select(output => new FeatureBatch(output, output.Memory.Array!))];
        _inputGradient = inputs ? new FeatureBatch(input.Count, input.Height, input.Width, input.Channels) : null;
    }
}
