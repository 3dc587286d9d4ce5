using System.Runtime.InteropServices;
using SuperRes.Networks;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace SuperRes.Torch.Execution;

/// <summary>
/// The parameters of a network on a device, with gradients and optimiser state: five runs of memory in one order, so that
/// the optimiser is a few operations in all. Convolutions' weights lie channels-last. Trained parameters come first.
/// </summary>
internal sealed class ParameterTensors : IDisposable
{
    private readonly Dictionary<string, (long Offset, Parameter Parameter)> _places = [];
    private readonly Dictionary<string, Tensor> _values = [];
    private readonly Dictionary<string, Tensor> _narrowValues = [];
    private readonly List<Tensor> _owned = [];
    private readonly Device _device;
    private readonly bool _frozen;

    /// <param name="graph">The network.</param>
    /// <param name="device">Where they lie.</param>
    /// <param name="type">Their type.</param>
    /// <param name="frozen">Train none of them: there is room for the weights alone.</param>
    /// <param name="bfloat16">Keep the weights and their gradients in bfloat16 as well: rounded all at once, not one by one.</param>
    public ParameterTensors(Graph graph, Device device, ScalarType type, bool frozen, bool bfloat16)
    {
        (_device, _frozen) = (device, frozen);
        long offset = 0;
        foreach (var parameter in graph.Parameters.OrderByDescending(parameter => parameter.Trainable))
        {
            _places[parameter.Name] = (offset, parameter);
            offset += parameter.Count;
            TrainableLength = IsTrained(parameter) ? offset : TrainableLength;
        }

        (Weights, Average) = (Zeros(offset, type), Zeros(frozen ? 0 : offset, type));
        (Gradients, FirstMoment, SecondMoment) = (Zeros(TrainableLength, type), Zeros(TrainableLength, type), Zeros(TrainableLength, type));
        foreach (var (name, (_, parameter)) in _places)
        {
            _values[name] = Leaf(Weights, Gradients, parameter);
        }

        if (bfloat16)
        {
            (NarrowWeights, NarrowGradients) = (Zeros(offset, ScalarType.BFloat16), Zeros(TrainableLength, ScalarType.BFloat16));
            foreach (var (name, (_, parameter)) in _places)
            {
                _narrowValues[name] = Leaf(NarrowWeights, NarrowGradients, parameter);
            }
        }
    }

    /// <summary>Values of all trained parameters.</summary>
    public long TrainableLength { get; }

    public Tensor Weights { get; }

    public Tensor Average { get; }

    public Tensor Gradients { get; }

    public Tensor FirstMoment { get; }

    public Tensor SecondMoment { get; }

    /// <summary>A parameter in its own shape, for autograd.</summary>
    public Tensor this[Parameter parameter] => _values[parameter.Name];

    private Tensor? NarrowWeights { get; }

    private Tensor? NarrowGradients { get; }

    /// <summary>A parameter in bfloat16, for autograd.</summary>
    public Tensor Narrow(Parameter parameter) => _narrowValues[parameter.Name];

    /// <summary>Rounds the weights, before a forward pass.</summary>
    public void BeginPass()
    {
        using var quiet = no_grad();
        NarrowWeights?.copy_(Weights);
    }

    /// <summary>Adds the gradients of the rounded weights to the others, after a backward pass.</summary>
    public void EndPass()
    {
        if (NarrowGradients is not null)
        {
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            Gradients.add_(NarrowGradients);
            NarrowGradients.zero_();
        }
    }

    /// <summary>Reads values in the parameters' own order into one of the runs.</summary>
    public void Load(Tensor run, Weights values)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var (offset, parameter) in Places(run))
        {
            View(run, offset, parameter).copy_(tensor(values[parameter], [.. parameter.Shape.Select(size => (long)size)]));
        }
    }

    /// <summary>One of the runs in the parameters' own order.</summary>
    public Weights Save(Tensor run)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        return new Weights([.. Places(run).Select(place => KeyValuePair.Create(
            place.Parameter.Name, new Networks.Tensor(place.Parameter.Shape, Values(View(run, place.Offset, place.Parameter)))))]);
    }

    public void Dispose()
    {
        _owned.ForEach(owned => owned.Dispose());
        _owned.Clear();
    }

    private static float[] Values(Tensor view) =>
        MemoryMarshal.Cast<byte, float>(view.to(ScalarType.Float32).cpu().contiguous().bytes).ToArray();

    private IEnumerable<(long Offset, Parameter Parameter)> Places(Tensor run) =>
        _places.Values.Where(place => place.Offset < run.NumberOfElements);

    /// <summary>A parameter's part of a run, in its own shape; four-dimensional ones lie O, Kh, Kw, I.</summary>
    private static Tensor View(Tensor run, long offset, Parameter parameter)
    {
        var part = run.narrow(0, offset, parameter.Count);
        return parameter.Shape is [var o, var i, var height, var width]
            ? part.view(o, height, width, i).permute(0, 3, 1, 2)
            : part.view([.. parameter.Shape.Select(size => (long)size)]);
    }

    private Tensor Leaf(Tensor weights, Tensor gradients, Parameter parameter)
    {
        using var scope = NewDisposeScope();
        var offset = _places[parameter.Name].Offset;
        var leaf = View(weights, offset, parameter).detach();
        if (IsTrained(parameter))
        {
            // Backward passes add to a gradient that is there, in place.
            leaf.requires_grad_(true);
            leaf.grad = View(gradients, offset, parameter).detach();
        }

        _owned.Add(leaf.DetachFromDisposeScope());
        return leaf;
    }

    private bool IsTrained(Parameter parameter) => parameter.Trainable && !_frozen;

    private Tensor Zeros(long length, ScalarType type)
    {
        var run = zeros(length, type, _device).DetachFromDisposeScope();
        _owned.Add(run);
        return run;
    }
}
