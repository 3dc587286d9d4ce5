using SuperRes.Networks;
using SuperRes.Torch.Execution;
using SuperRes.Torch.Loading;
using SuperRes.Training;
using SuperRes.Training.Losses;
using SuperRes.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace SuperRes.Torch;

/// <summary>
/// A network in training on libtorch, with the results of the CPU engine up to rounding. Native memory does not grow: all
/// tensors of a step are freed with it, none waits for the garbage collector.
/// </summary>
public sealed class TorchNetwork : IPixelLossNetwork
{
    private readonly GradientTargets _targets;
    private readonly Device _device;
    private readonly ScalarType _type;
    private readonly ParameterTensors _parameters;
    private readonly GraphExecution _execution;
    private HostBatch? _input;
    private HostBatch[] _outputs = [];
    private HostBatch[] _seeds = [];
    private FeatureBatch[] _results = [];
    private (int Count, int Height, int Width, int Channels) _inputShape;
    private (int Count, int Height, int Width, int Channels)[] _shapes = [];
    private FeatureBatch? _inputGradient;
    private Tensor? _x;
    private Tensor[] _y = [];

    /// <summary>A network with the given weights.</summary>
    /// <param name="graph">What it computes.</param>
    /// <param name="weights">Its weights, copied.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <param name="targets">The gradients that <see cref="Backward"/> will be asked for, at most; what is left out costs no memory.</param>
    /// <exception cref="GraphException">The weights don't fit.</exception>
    /// <exception cref="TorchUnavailableException">libtorch or the device is not there.</exception>
    public TorchNetwork(Graph graph, Weights weights, TorchDevice device, TorchOptions? options = null, GradientTargets targets = GradientTargets.Parameters)
        : this(graph, weights, device.Open(), options ?? new TorchOptions(), targets, ScalarType.Float32)
    {
    }

    /// <param name="type">Float64 makes it the oracle for others.</param>
    internal TorchNetwork(Graph graph, Weights weights, Device device, TorchOptions options, GradientTargets targets, ScalarType type)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(weights);
        var faults = weights.Differences(graph);
        if (faults.Count > 0)
        {
            throw new GraphException($"The weights do not fit the network: {string.Join("; ", faults)}.");
        }

        (Graph, _targets, _device, _type) = (graph, targets, device, type);
        Configure(options);
        _parameters = new ParameterTensors(graph, device, type, frozen: !targets.HasFlag(GradientTargets.Parameters), options.Bfloat16);
        _execution = new GraphExecution(graph, _parameters, device, type, options.Bfloat16);
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
        using var scope = NewDisposeScope();
        Run(input);
        MakeRoom(input.Count);
        if (_results.Length == 0)
        {
            _results = [.. _shapes.Select(shape => new FeatureBatch(shape.Count, shape.Height, shape.Width, shape.Channels))];
            _outputs = [.. _results.Select(Host)];
        }

        for (var i = 0; i < _y.Length; i++)
        {
            _outputs[i].Download(_y[i], _results[i]);
        }

        return _results;
    }

    /// <inheritdoc/>
    public FeatureBatch? Backward(IReadOnlyList<FeatureBatch?> outputGradients, GradientTargets targets)
    {
        ArgumentNullException.ThrowIfNull(outputGradients);
        if ((targets & ~_targets) != 0)
        {
            throw new InvalidOperationException($"Asked for {targets}, and the network was made for {_targets}.");
        }

        if (_x is null)
        {
            throw new InvalidOperationException("There was no forward pass.");
        }

        FeatureBatch.ThrowIfUnfit(outputGradients, _results);
        using var scope = NewDisposeScope();
        int[] used = [.. Enumerable.Range(0, _y.Length).Where(i => outputGradients[i] is not null)];
        Tensor[] outputs = [.. used.Select(i => _y[i])];
        Tensor[] seeds = [.. used.Select(i => _seeds[i].Upload(outputGradients[i]!))];
        var result = targets.HasFlag(GradientTargets.Input) ? WithInput(outputs, seeds, targets) : null;
        if (result is null && used.Length > 0)
        {
            autograd.backward(outputs, seeds);
            _parameters.EndPass();
        }

        Forget();
        return result;
    }

    /// <inheritdoc/>
    public bool Has(PixelLoss loss) => PixelLossTensors.Has(loss);

    /// <inheritdoc/>
    public IReadOnlyList<double> Learn(FeatureBatch input, IReadOnlyList<FeatureBatch> targets, IReadOnlyList<PixelLoss> losses)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(targets);
        input.ThrowIfUnfit(Graph, nameof(input));
        using var scope = NewDisposeScope();
        Run(input);
        MakeRoom(input.Count);
        if (!targets.Select(Shape).SequenceEqual(_shapes))
        {
            throw new ArgumentException($"The targets are {string.Join(", ", targets)} and the outputs {string.Join(", ", _shapes.Select(shape => $"{shape.Count}x{shape.Height}x{shape.Width}x{shape.Channels}"))}.", nameof(targets));
        }

        // The device is at the forward pass while the host copies the targets.
        Tensor[] wanted = [.. targets.Select((target, i) => _seeds[i].Upload(target))];
        Tensor[] values = [.. losses.Select(loss => _y.Select((output, i) => PixelLossTensors.Evaluate(loss, output, wanted[i])).Aggregate((sum, next) => sum.add(next)))];
        var all = stack(values);
        all.sum().backward();
        _parameters.EndPass();
        Forget();
        return all.detach().to(ScalarType.Float64).cpu().data<double>().ToArray();
    }

    /// <inheritdoc/>
    public void ClearGradients()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        _parameters.Gradients.zero_();
    }

    /// <inheritdoc/>
    public double GradientNorm()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        return _parameters.Gradients.to(ScalarType.Float64).square().sum().sqrt().item<double>();
    }

    /// <inheritdoc/>
    public void Update(OptimizerStep step)
    {
        if (!_targets.HasFlag(GradientTargets.Parameters))
        {
            throw new InvalidOperationException($"Asked for an update, and the network was made for {_targets}.");
        }

        AdamTensors.Apply(_parameters, step);
    }

    /// <inheritdoc/>
    public void RestoreStatistics() => AdamTensors.RestoreStatistics(_parameters);

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
        Forget();
        _input?.Dispose();
        DisposeRoom();
        _execution.Dispose();
        _parameters.Dispose();
    }

    /// <summary>The gradients of the trained parameters, in their own order.</summary>
    internal Weights Gradients() => _parameters.Save(_parameters.Gradients);

    private static void Configure(TorchOptions options)
    {
        if (options.Threads > 0)
        {
            set_num_threads(options.Threads);
        }

        if (torch.cuda.is_available())
        {
            backends.cuda.matmul.allow_tf32 = options.TensorFloat32;
            backends.cudnn.allow_tf32 = options.TensorFloat32;
            LibTorch.TurnOnCudnnBenchmark();
        }
    }

    private static (int Count, int Height, int Width, int Channels) Shape(FeatureBatch batch) => (batch.Count, batch.Height, batch.Width, batch.Channels);

    private HostBatch Host(FeatureBatch batch) => new(batch.Count, batch.Height, batch.Width, batch.Channels, _device, _type);

    private FeatureBatch WithInput(Tensor[] outputs, Tensor[] seeds, GradientTargets targets)
    {
        var (count, height, width, channels) = _inputShape;
        var result = _inputGradient = _inputGradient is { } last && Shape(last) == _inputShape ? last : new FeatureBatch(count, height, width, channels);
        if (outputs.Length == 0)
        {
            Array.Clear(result.Values);
            return result;
        }

        Tensor gradient;
        if (targets.HasFlag(GradientTargets.Parameters))
        {
            autograd.backward(outputs, seeds);
            _parameters.EndPass();
            gradient = _x!.grad!;
        }
        else
        {
            // Parameters' gradients are left alone.
            gradient = autograd.grad(outputs, [_x!], seeds)[0];
        }

        _input!.Download(gradient, result);
        return result;
    }

    /// <summary>The forward pass, without waiting for the device.</summary>
    private void Run(FeatureBatch input)
    {
        Forget();
        if (_input is null || _inputShape != Shape(input))
        {
            _input?.Dispose();
            (_input, _inputShape) = (Host(input), Shape(input));
        }

        _parameters.BeginPass();
        _x = _input.Upload(input).detach().requires_grad_(_targets.HasFlag(GradientTargets.Input)).DetachFromDisposeScope();
        _y = [.. _execution.Run(_x).Select(output => output.DetachFromDisposeScope())];
    }

    /// <summary>Room on the host for what goes to the outputs' side, gradients or targets, if their sizes changed.</summary>
    private void MakeRoom(int count)
    {
        (int Count, int Height, int Width, int Channels)[] shapes = [.. _y.Select(output => (count, (int)output.shape[2], (int)output.shape[3], (int)output.shape[1]))];
        if (!shapes.SequenceEqual(_shapes))
        {
            DisposeRoom();
            _shapes = shapes;
            _seeds = [.. shapes.Select(shape => new HostBatch(shape.Count, shape.Height, shape.Width, shape.Channels, _device, _type))];
            (_outputs, _results) = ([], []);
        }
    }

    private void DisposeRoom()
    {
        foreach (var room in _outputs.Concat(_seeds))
        {
            room.Dispose();
        }
    }

    /// <summary>Frees what is left of the last pass.</summary>
    private void Forget()
    {
        _x?.Dispose();
        _x = null;
        foreach (var output in _y)
        {
            output.Dispose();
        }

        _y = [];
    }
}
