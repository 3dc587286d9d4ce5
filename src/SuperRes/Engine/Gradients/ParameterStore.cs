using SuperRes.Engine.Memory;
using SuperRes.Networks;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// The parameters of a network in training, in the kernels' layouts, with gradients and optimiser state: five runs of
/// memory in one order, so that the optimiser is one loop. Parameters that are not trained lie behind the trained ones.
/// </summary>
internal sealed unsafe class ParameterStore : IDisposable
{
    /// <summary>Parameters start at multiples of a cache line.</summary>
    private const int Alignment = 16;

    private readonly Dictionary<string, (long Offset, ParameterLayout Layout, Parameter Parameter)> _places = [];

    /// <param name="graph">The network.</param>
    /// <param name="layouts">The layout of each parameter by name; plain where there is none.</param>
    /// <param name="frozen">Train none of them: there is room for the weights alone.</param>
    public ParameterStore(Graph graph, IReadOnlyDictionary<string, ParameterLayout> layouts, bool frozen)
    {
        long offset = 0;
        foreach (var parameter in graph.Parameters.OrderByDescending(parameter => parameter.Trainable))
        {
            var layout = layouts.GetValueOrDefault(parameter.Name) ?? ParameterLayout.Plain(parameter);
            _places[parameter.Name] = (offset, layout, parameter);
            offset += (layout.Length + Alignment - 1) / Alignment * Alignment;
            TrainableLength = parameter.Trainable && !frozen ? offset : TrainableLength;
        }

        Weights = new NativeBuffer(offset);
        Average = new NativeBuffer(frozen ? 0 : offset);
        Gradients = new NativeBuffer(TrainableLength);
        FirstMoment = new NativeBuffer(TrainableLength);
        SecondMoment = new NativeBuffer(TrainableLength);
    }

    /// <summary>Floats of all trained parameters, gaps included; gaps are always zero.</summary>
    public long TrainableLength { get; }

    public NativeBuffer Weights { get; }

    public NativeBuffer Average { get; }

    public NativeBuffer Gradients { get; }

    public NativeBuffer FirstMoment { get; }

    public NativeBuffer SecondMoment { get; }

    /// <summary>Where a parameter's values start in <see cref="Weights"/>.</summary>
    public float* Weight(Parameter parameter) => Weights.Pointer + _places[parameter.Name].Offset;

    /// <summary>Where a trained parameter's gradient starts.</summary>
    public float* Gradient(Parameter parameter) => Gradients.Pointer + _places[parameter.Name].Offset;

    /// <summary>Reads values in the parameters' own order into one of the runs.</summary>
    public void Load(NativeBuffer run, Weights values)
    {
        foreach (var (offset, layout, parameter) in _places.Values.Where(place => place.Offset < run.Length))
        {
            var source = values[parameter];
            for (var i = 0; i < source.Length; i++)
            {
                run.Pointer[offset + layout.Place(i)] = source[i];
            }
        }
    }

    /// <summary>One of the runs in the parameters' own order.</summary>
    public Weights Save(NativeBuffer run) => new(_places.Values
        .Where(place => place.Offset < run.Length)
        .Select(place => KeyValuePair.Create(place.Parameter.Name, new Tensor(place.Parameter.Shape, Values(run, place.Offset, place.Layout, place.Parameter.Count)))));

    public void Dispose()
    {
        foreach (var run in new[] { Weights, Average, Gradients, FirstMoment, SecondMoment })
        {
            run.Dispose();
        }
    }

    private static float[] Values(NativeBuffer run, long offset, ParameterLayout layout, int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = run.Pointer[offset + layout.Place(i)];
        }

        return values;
    }
}
