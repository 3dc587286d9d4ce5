using SuperRes.Engine.Reference;
using SuperRes.Networks;

namespace SuperRes.Training.Tests.Cpu;

/// <summary>Gradients of sum(factors * output) by central differences of the reference executor, in double precision.</summary>
internal sealed class DifferenceQuotient
{
    private const double Step = 1e-5;
    private const int Samples = 3;

    private readonly Dictionary<string, double[]> _values;
    private readonly ReferenceExecutor _executor;
    private readonly ReferenceMap _input;
    private readonly FeatureBatch _inputShape;
    private readonly double[] _factors;
    private readonly bool _training;

    public DifferenceQuotient(Graph graph, Weights weights, FeatureBatch input, FeatureBatch factors, bool training = true)
    {
        _values = ReferenceExecutor.ToDouble(graph, weights);
        _executor = new ReferenceExecutor(graph, _values);
        (_input, _inputShape, _training) = (ToMap(input), input, training);
        _factors = ToMap(factors).Values;
    }

    /// <summary>The main output of a forward pass, N, H, W, C.</summary>
    public static double[] Run(Graph graph, Weights weights, FeatureBatch input, bool training = true)
    {
        var output = new ReferenceExecutor(graph, weights).Run(ToMap(input), training).Output;
        var values = new double[output.Values.Length];
        var i = 0;
        for (var n = 0; n < output.Batch; n++)
        {
            for (var y = 0; y < output.Height; y++)
            {
                for (var x = 0; x < output.Width; x++)
                {
                    for (var c = 0; c < output.Channels; c++)
                    {
                        values[i++] = output[n, c, y, x];
                    }
                }
            }
        }

        return values;
    }

    /// <summary>Checks some of a parameter's gradients: the largest one and some spread evenly.</summary>
    public void AssertParameter(string name, float[] gradients) => Check(name, _values[name], gradients, index => index);

    /// <summary>Checks some of the input's gradients.</summary>
    public void AssertInput(float[] gradients) => Check("the input", _input.Values, gradients, index =>
    {
        var (pixel, c) = Math.DivRem(index, _inputShape.Channels);
        var (image, place) = Math.DivRem(pixel, _inputShape.Height * _inputShape.Width);
        return (((image * _inputShape.Channels) + c) * _inputShape.Height * _inputShape.Width) + place;
    });

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

    private void Check(string name, double[] values, float[] gradients, Func<int, int> place)
    {
        var largest = gradients.Max(Math.Abs);
        Assert.True(largest > 0, $"{name} has no gradient");
        var indices = Enumerable.Range(0, Samples).Select(i => (int)((long)i * (gradients.Length - 1) / Math.Max(1, Samples - 1)))
            .Append(Array.FindIndex(gradients, gradient => Math.Abs(gradient) == largest))
            .Distinct();
        var smooth = 0;
        foreach (var index in indices)
        {
            var (coarse, fine) = (Quotient(values, place(index), Step), Quotient(values, place(index), Step / 4));
            if (Math.Abs(coarse - fine) > 1e-5 * largest)
            {
                // A rectifier or a maximum switches within the step: there is no derivative to compare with.
                continue;
            }

            smooth++;
            Assert.True(Math.Abs(fine - gradients[index]) <= 1e-3 * largest, $"d/d {name}[{index}] is {gradients[index]}, expected {fine} (largest {largest})");
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
        var output = _executor.Run(_input, _training).Output.Values;
        double sum = 0;
        for (var i = 0; i < output.Length; i++)
        {
            sum += output[i] * _factors[i];
        }

        return sum;
    }
}
