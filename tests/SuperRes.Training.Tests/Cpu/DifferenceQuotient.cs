using SuperRes.Engine.Reference;
using SuperRes.Networks;

namespace SuperRes.Training.Tests.Cpu;

/// <summary>Gradients of sum(factors * output) by central differences of the reference executor, in double precision.</summary>
internal sealed class DifferenceQuotient
{
    private const double Step = 1e-5;
    private const int Samples = 3;

    private readonly Graph _graph;
    private readonly Dictionary<string, double[]> _values;
    private readonly ReferenceExecutor _executor;
    private readonly ReferenceMap _input;
    private readonly FeatureBatch _inputShape;
    private readonly ReferenceMap[] _factors;

    public DifferenceQuotient(Graph graph, Weights weights, FeatureBatch input, IReadOnlyList<FeatureBatch> factors)
    {
        _graph = graph;
        _values = ReferenceExecutor.ToDouble(graph, weights);
        _executor = new ReferenceExecutor(graph, _values);
        (_input, _inputShape) = (ToMap(input), input);
        _factors = [.. factors.Select(ToMap)];
    }

    /// <summary>Checks every value of every output.</summary>
    public void AssertOutputs(IReadOnlyList<FeatureBatch> outputs)
    {
        var run = Run();
        for (var i = 0; i < outputs.Count; i++)
        {
            var (expected, actual) = (run[_graph.Outputs[i].Value].Values, ToMap(outputs[i]).Values);
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    /// <summary>Checks batch norm's running statistics after one pass.</summary>
    public void AssertStatistics(Weights weights)
    {
        foreach (var (name, expected) in Run().RunningStatistics)
        {
            Assert.All(expected.Zip(weights[name].Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    /// <summary>
    /// Checks some of each trained parameter's gradients: the largest one and some spread evenly. Those that batch norm
    /// cancels are only what rounding leaves of the others, and are compared on their scale.
    /// </summary>
    public void AssertParameters(Weights gradients)
    {
        var trained = _graph.Parameters.Where(parameter => parameter.Trainable).ToArray();
        var floor = 1e-5 * trained.Max(parameter => gradients[parameter].Max(Math.Abs));
        Assert.All(trained, parameter => Check(parameter.Name, _values[parameter.Name], gradients[parameter], index => index, floor));
    }

    /// <summary>Checks some of the input's gradients.</summary>
    public void AssertInput(float[] gradients) => Check("the input", _input.Values, gradients, index =>
    {
        var (pixel, c) = Math.DivRem(index, _inputShape.Channels);
        var (image, place) = Math.DivRem(pixel, _inputShape.Height * _inputShape.Width);
        return (((image * _inputShape.Channels) + c) * _inputShape.Height * _inputShape.Width) + place;
    });

    private ReferenceRun Run() => _executor.Run(_input, useBatchStatistics: true);

    private static ReferenceMap ToMap(FeatureBatch batch)
    {
        var map = new ReferenceMap(batch.Count, batch.Channels, batch.Height, batch.Width);
        var i = 0;
        for (var n = 0; n < batch.Count; n++)
        {
            for (var y = 0; y < batch.Height; y++)
            {
                for (var x = 0; x < batch.Width; x++)
                {
                    for (var c = 0; c < batch.Channels; c++)
                    {
                        map[n, c, y, x] = batch.Values[i++];
                    }
                }
            }
        }

        return map;
    }

    private void Check(string name, double[] values, float[] gradients, Func<int, int> place, double floor = 0)
    {
        var largest = gradients.Max(Math.Abs);
        var tolerance = Math.Max(1e-3 * largest, largest > floor ? 0 : floor);
        Assert.True(tolerance > 0, $"{name} has no gradient");
        var indices = Enumerable.Range(0, Samples).Select(i => (int)((long)i * (gradients.Length - 1) / Math.Max(1, Samples - 1)))
            .Append(Array.FindIndex(gradients, gradient => Math.Abs(gradient) == largest))
            .Distinct();
        var smooth = 0;
        foreach (var index in indices)
        {
            var quotient = Quotient(values, place(index), Step / 4);
            var agrees = Math.Abs(quotient - gradients[index]) <= tolerance;
            if (!agrees && Math.Abs(Quotient(values, place(index), Step) - quotient) > 0.1 * tolerance)
            {
                // A rectifier or a maximum switches within the step: there is no derivative to compare with.
                continue;
            }

            smooth++;
            Assert.True(agrees, $"d/d {name}[{index}] is {gradients[index]}, expected {quotient} (largest {largest})");
        }

        Assert.True(smooth > 0, $"every sampled gradient of {name} lies on a kink");
    }

    private double Quotient(double[] values, int index, double step)
    {
        var value = values[index];
        values[index] = value + step;
        var above = Loss();
        values[index] = value - step;
        var below = Loss();
        values[index] = value;
        return (above - below) / (2 * step);
    }

    private double Loss()
    {
        var run = Run();
        double sum = 0;
        for (var i = 0; i < _factors.Length; i++)
        {
            var (output, factors) = (run[_graph.Outputs[i].Value].Values, _factors[i].Values);
            for (var j = 0; j < output.Length; j++)
            {
                sum += output[j] * factors[j];
            }
        }

        return sum;
    }
}
