using SuperRes.Networks;

namespace SuperRes.Engine.Gradients;

/// <summary>Where a parameter's values lie in the order that training kernels want: a one-to-one map of indices, into a longer range where there are gaps.</summary>
/// <param name="Length">Floats that the parameter takes; at least its count.</param>
/// <param name="Place">The place of a value, given its index in the parameter's own row-major order.</param>
internal sealed record ParameterLayout(int Length, Func<int, int> Place)
{
    /// <summary>Values as they are.</summary>
    public static ParameterLayout Plain(Parameter parameter) => new(parameter.Count, index => index);

    /// <summary>
    /// O, I, Kh, Kw to the columns of each chunk (see <see cref="Chunk"/>), taps, inputs, columns of the chunk. A linear
    /// layer's O, I are those of one tap.
    /// </summary>
    /// <param name="inputs">Inputs with those that only fill up a vector (see <see cref="ChannelPadding"/>); what belongs to them is a gap.</param>
    /// <param name="columns">Columns of all chunks, likewise.</param>
    public static ParameterLayout Convolution(Parameter weight, int shuffle, int inputs, int columns)
    {
        var (used, taps) = (weight.Shape[1], weight.Shape.Skip(2).Aggregate(1, (product, size) => product * size));
        var phases = shuffle * shuffle;
        var chunk = columns / phases;
        return new ParameterLayout(taps * inputs * columns, index =>
        {
            var tap = index % taps;
            var input = index / taps % used;
            var (column, phase) = Math.DivRem(index / taps / used, phases);
            return (((((phase * taps) + tap) * inputs) + input) * chunk) + column;
        });
    }

    /// <summary>One value per output channel, in the columns' order.</summary>
    public static ParameterLayout Bias(Parameter bias, int shuffle, int columns)
    {
        var phases = shuffle * shuffle;
        return new ParameterLayout(columns, index => (index % phases * (columns / phases)) + (index / phases));
    }

    /// <summary>I, O, Kh, Kw to taps, inputs, outputs.</summary>
    public static ParameterLayout Transposed(Parameter weight)
    {
        var (inputs, outputs, taps) = (weight.Shape[0], weight.Shape[1], weight.Shape[2] * weight.Shape[3]);
        return new ParameterLayout(weight.Count, index =>
        {
            var tap = index % taps;
            var (input, output) = Math.DivRem(index / taps, outputs);
            return (((tap * inputs) + input) * outputs) + output;
        });
    }

    /// <summary>
    /// The 4x4 kernel I, O, 4, 4 of a transposed convolution of stride 2 and padding 1 as four 3x3 kernels, one for each
    /// phase of the result (see <see cref="Chunk"/>): phases, 9 taps, inputs, outputs. Row k of the kernel is tap t of phase
    /// p, where k = p + 3 - 2 t: phase 0 has no tap 2 and phase 1 no tap 0. Columns likewise. Where a phase has no tap is a gap.
    /// </summary>
    public static ParameterLayout Phases(Parameter weight)
    {
        var (inputs, outputs) = (weight.Shape[0], weight.Shape[1]);
        return new ParameterLayout(4 * 9 * inputs * outputs, index =>
        {
            var (row, column) = Math.DivRem(index % 16, 4);
            var (input, output) = Math.DivRem(index / 16, outputs);
            var (rowPhase, columnPhase) = ((row + 1) % 2, (column + 1) % 2);
            var tap = (3 * ((rowPhase + 3 - row) / 2)) + ((columnPhase + 3 - column) / 2);
            return ((((((2 * rowPhase) + columnPhase) * 9) + tap) * inputs) + input) * outputs + output;
        });
    }

    /// <summary>C, H, W to H, W, C, as maps lie in memory.</summary>
    public static ParameterLayout Map(Parameter map)
    {
        var (channels, positions) = (map.Shape[0], map.Shape[1] * map.Shape[2]);
        return new ParameterLayout(map.Count, index => (index % positions * channels) + (index / positions));
    }
}
