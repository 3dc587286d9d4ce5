using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Tests.Engine;

/// <summary>The definitions of the operations, in double precision and with nothing clever, to hold the engine against.</summary>
internal static class ScalarNetwork
{
    /// <summary>The main output (H, W, C) for an input (H, W, C).</summary>
    public static double[] Run(Graph graph, Weights weights, float[] image, int height, int width)
    {
        var shapes = graph.InferShapes(height, width);
        var values = new double[graph.Nodes.Count][];
        values[0] = Array.ConvertAll(image, value => (double)value);
        foreach (var node in graph.Nodes.Skip(1))
        {
            var inputs = node.Inputs.Select(input => values[input.Index]).ToArray();
            values[node.Index] = Compute(node.Operation, weights, inputs, shapes[node.Inputs[0].Index], shapes[node.Index]);
        }

        return values[graph.Output.Index];
    }

    private static double[] Compute(Operation operation, Weights weights, double[][] x, FeatureShape from, FeatureShape to)
    {
        var channel = (int i) => i % from.Channels;
        return operation switch
        {
            Conv2d conv => Convolve(conv, weights, x[0], from, to),
            PixelShuffle shuffle => Shuffle(shuffle.Factor, x[0], from, to),
            Add => [.. x[0].Zip(x[1], (a, b) => a + b)],
            Relu => Map(x[0], (value, _) => Math.Max(value, 0)),
            LeakyRelu leaky => Map(x[0], (value, _) => value > 0 ? value : leaky.NegativeSlope * value),
            Prelu prelu => Map(x[0], (value, i) => value > 0 ? value : weights[prelu.Slope][channel(i)] * value),
            Scale scale => Map(x[0], (value, _) => scale.Factor * value),
            MeanShift shift => Map(x[0], (value, i) => value + shift.Offsets[channel(i)]),
            BatchNorm norm => Map(x[0], (value, i) => Normalize(norm, weights, value, channel(i))),
            _ => throw new NotSupportedException(operation.Kind),
        };
    }

    private static double[] Map(double[] x, Func<double, int, double> function) => [.. x.Select(function)];

    private static double Normalize(BatchNorm norm, Weights weights, double x, int c) =>
        ((x - weights[norm.RunningMean][c]) / Math.Sqrt(weights[norm.RunningVariance][c] + (double)norm.Epsilon) * weights[norm.Gamma][c]) + weights[norm.Beta][c];

    private static double[] Convolve(Conv2d conv, Weights weights, double[] x, FeatureShape from, FeatureShape to)
    {
        var weight = weights[conv.Weight];
        var result = new double[to.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var (pixel, o) = Math.DivRem(i, to.Channels);
            var (row, column) = Math.DivRem(pixel, to.Width);
            var sum = conv.Bias is null ? 0.0 : weights[conv.Bias][o];
            for (var ky = 0; ky < conv.KernelHeight; ky++)
            {
                for (var kx = 0; kx < conv.KernelWidth; kx++)
                {
                    var (y, z) = ((row * conv.Stride) - conv.Padding + ky, (column * conv.Stride) - conv.Padding + kx);
                    for (var c = 0; c < from.Channels && y >= 0 && y < from.Height && z >= 0 && z < from.Width; c++)
                    {
                        sum += x[(((y * from.Width) + z) * from.Channels) + c]
                            * weight[(((((o * from.Channels) + c) * conv.KernelHeight) + ky) * conv.KernelWidth) + kx];
                    }
                }
            }

            result[i] = sum;
        }

        return result;
    }

    private static double[] Shuffle(int factor, double[] x, FeatureShape from, FeatureShape to)
    {
        var result = new double[to.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var (pixel, c) = Math.DivRem(i, to.Channels);
            var (y, z) = Math.DivRem(pixel, to.Width);
            var source = (((y / factor) * from.Width) + (z / factor)) * from.Channels;
            result[i] = x[source + (c * factor * factor) + (y % factor * factor) + (z % factor)];
        }

        return result;
    }
}
