using SuperRes.Engine.Memory;
using SuperRes.Networks;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// Decides where gradients lie, walking the steps backwards. Memory is taken when a map's first gradient is made and given
/// back when its step has used it. Sums pass their gradient's memory on to their terms, which share it until one of them
/// must add to it: by then the others have been used, or it gets a copy.
/// </summary>
internal sealed class GradientPlanner
{
    private readonly Dictionary<Node, BatchMap> _values;
    private readonly Dictionary<Node, int> _sharesLeft = [];
    private readonly Dictionary<Node, BatchMap> _gradients = [];
    private readonly Dictionary<NativeBuffer, HashSet<Node>> _users = [];
    private readonly List<NativeBuffer> _free;
    private readonly List<IDisposable> _owned;
    private readonly List<Action<bool>> _actions = [];
    private readonly TrainingWorkers _workers;
    private readonly HashSet<Node> _wanted;

    /// <param name="values">The map of each node that has one.</param>
    /// <param name="wanted">Nodes whose gradient something needs.</param>
    /// <param name="free">Memory of values that the backward pass does not read.</param>
    /// <param name="owned">Receives the memory.</param>
    public GradientPlanner(Dictionary<Node, BatchMap> values, HashSet<Node> wanted, TrainingWorkers workers, IEnumerable<NativeBuffer> free, List<IDisposable> owned)
    {
        (_values, _wanted, _workers, _free, _owned) = (values, wanted, workers, [.. free], owned);
    }

    /// <summary>What the backward pass does, in order.</summary>
    public IReadOnlyList<Action<bool>> Actions => _actions;

    /// <summary>Makes room for the gradient that a loss gives for an output. A node that is several outputs has one for each, and they are added up.</summary>
    public BatchMap Seed(Node output)
    {
        var seed = Allocate(output);
        if (_gradients.TryGetValue(output, out var first))
        {
            AddImages(first, seed, accumulate: true);
        }
        else
        {
            _gradients[output] = seed;
        }

        return seed;
    }

    /// <summary>The gradient of a node, if any step made one.</summary>
    public BatchMap? Find(Node node) => _gradients.GetValueOrDefault(node);

    /// <summary>Plans the backward pass of all steps, last first.</summary>
    public void Plan(IReadOnlyList<PlannedStep> steps)
    {
        foreach (var input in steps.SelectMany(step => step.Inputs))
        {
            _sharesLeft[input] = _sharesLeft.GetValueOrDefault(input) + 1;
        }

        foreach (var step in steps.Reverse())
        {
            Plan(step);
        }
    }

    private void Plan(PlannedStep planned)
    {
        var (step, inputs, output, slope) = planned;
        if (!_gradients.TryGetValue(output, out var gradient))
        {
            inputs.ToList().ForEach(input => _sharesLeft[input]--);
            return;
        }

        if (slope is not null && !step.OutputGradientMasked)
        {
            gradient = Target(output, mask: null).Map;
            MaskInPlace(gradient, new GradientMask(_values[output], slope.Value));
            step.OutputGradientMasked = true;
        }

        step.OutputGradient = gradient;

        step.InputGradients = new GradientTarget?[inputs.Count];
        for (var i = 0; i < inputs.Count; i++)
        {
            var last = --_sharesLeft[inputs[i]] == 0;
            if (_wanted.Contains(inputs[i]) && !step.PassesGradient(i))
            {
                var mask = last && step.MasksGradient(i) ? planned.MaskOf(inputs[i], _values) : null;
                step.InputGradients[i] = i == 0 && IsReplaceable(planned, gradient) ? Replace(inputs[i], gradient) : Target(inputs[i], mask);
            }
        }

        planned.Prepare?.Invoke();
        _actions.Add(step.Backward);
        Use(gradient.Memory, output);
        for (var i = 0; i < inputs.Count; i++)
        {
            if (_wanted.Contains(inputs[i]) && step.PassesGradient(i))
            {
                PassOn(gradient, inputs[i]);
            }
        }

        Release(gradient.Memory);
    }

    /// <summary>Whether the first input's gradient may take the place of the output's: no one else has use for that, and the step does not add.</summary>
    private bool IsReplaceable(PlannedStep planned, BatchMap gradient) =>
        planned.Step.WorksInPlace
        && !_gradients.ContainsKey(planned.Inputs[0])
        && planned.Inputs.Count(input => input == planned.Inputs[0]) == 1
        && _users[gradient.Memory].Count == 1;

    private GradientTarget Replace(Node input, BatchMap gradient)
    {
        _gradients[input] = gradient;
        _users[gradient.Memory].Add(input);
        return new GradientTarget(gradient, Accumulate: false);
    }

    private GradientTarget Target(Node input, GradientMask? mask)
    {
        if (!_gradients.TryGetValue(input, out var map))
        {
            _gradients[input] = Allocate(input);
            return new GradientTarget(_gradients[input], Accumulate: false, mask);
        }

        if (_users[map.Memory].Count > 1)
        {
            var own = Allocate(input);
            AddImages(own, map, accumulate: false);
            Use(map.Memory, input);
            _gradients[input] = own;
        }

        return new GradientTarget(_gradients[input], Accumulate: true, mask);
    }

    private void PassOn(BatchMap gradient, Node input)
    {
        if (_gradients.ContainsKey(input))
        {
            var target = Target(input, mask: null);
            AddImages(target.Map, gradient, accumulate: true);
        }
        else
        {
            _gradients[input] = gradient;
            _users[gradient.Memory].Add(input);
        }
    }

    private void AddImages(BatchMap target, BatchMap source, bool accumulate)
    {
        unsafe
        {
            var loop = _workers.Loop((image, _) => Elementwise.Put(target.Image(image), source.Image(image), target.ImageLength, accumulate));
            _actions.Add(_ => loop.Run(target.Count));
        }
    }

    private void MaskInPlace(BatchMap gradient, GradientMask mask)
    {
        unsafe
        {
            var loop = _workers.Loop((image, _) => Elementwise.Apply(gradient.Image(image), mask.Map.Image(image), mask.Slope, gradient.ImageLength));
            _actions.Add(_ => loop.Run(gradient.Count));
        }
    }

    private BatchMap Allocate(Node node)
    {
        var value = _values[node];
        var memory = _free.Find(buffer => buffer.Length == value.Length);
        if (memory is null)
        {
            memory = new NativeBuffer(value.Length);
            _owned.Add(memory);
        }
        else
        {
            _free.Remove(memory);
        }

        _users[memory] = [node];
        return new BatchMap(memory, value.Count, value.Height, value.Width, value.Channels);
    }

    private void Use(NativeBuffer memory, Node node) => _users[memory].Remove(node);

    private void Release(NativeBuffer memory)
    {
        if (_users[memory].Count == 0)
        {
            _free.Add(memory);
        }
    }
}
