using SuperRes.Networks;

namespace SuperRes.Engine.Gradients;

/// <summary>Where a parameter's values lie in the order that training kernels want: a one-to-one map of indices.</summary>
/// <param name="Length">Floats that the parameter takes; at least its count.</param>
/// <param name="Place">The place of a value, given its index in the parameter's own row-major order.</param>
internal sealed record ParameterLayout(int Length, Func<int, int> Place)
{
    /// <summary>Values as they are.</summary>
    public static ParameterLayout Plain(Parameter parameter) => new(parameter.Count, index => index);

    /// <summary>
    /// O, I, Kh, Kw to the columns of each chunk (see <see cref="Chunk"/>), taps, inputs, columns of the chunk.
    /// </summary>
    public static ParameterLayout Convolution(Parameter weight, int shuffle)
    {
        var (outputs, inputs, taps) = (weight.Shape[0], weight.Shape[1], weight.Shape[2] * weight.Shape[3]);
        var phases = shuffle * shuffle;
        var columns = outputs / phases;
        return new ParameterLayout(weight.Count, index =>
        {
            var tap = index % taps;
            var input = index / taps % inputs;
            var (column, phase) = Math.DivRem(index / taps / inputs, phases);
            return (((((phase * taps) + tap) * inputs) + input) * columns) + column;
        });
    }

    /// <summary>One value per output channel, in the columns' order.</summary>
    public static ParameterLayout Bias(Parameter bias, int shuffle)
    {
        var phases = shuffle * shuffle;
        var columns = bias.Count / phases;
        return new ParameterLayout(bias.Count, index => (index % phases * columns) + (index / phases));
    }
}
