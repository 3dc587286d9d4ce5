using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Compilation;

/// <summary>Operations that are convolutions, whatever they are called, in one form.</summary>
internal static class ConvolutionReader
{
    /// <summary>The operation as a convolution, or null if it is none.</summary>
    /// <exception cref="GraphException">A transposed convolution that does not enlarge by exactly its stride.</exception>
    public static FoldedConvolution? Read(Operation operation, Weights weights) => operation switch
    {
        Conv2d convolution => Read(convolution, weights),
        ConvTranspose2d convolution => Read(convolution, weights),
        Linear linear => Read(linear, weights),
        _ => null,
    };

    private static FoldedConvolution Read(Conv2d convolution, Weights weights) => new()
    {
        Weight = ToDouble(weights[convolution.Weight]),
        Bias = Bias(convolution.Bias, convolution.OutputChannels, weights),
        OutputChannels = convolution.OutputChannels,
        InputChannels = convolution.InputChannels,
        KernelHeight = convolution.KernelHeight,
        KernelWidth = convolution.KernelWidth,
        Stride = convolution.Stride,
        Padding = convolution.Padding,
    };

    private static FoldedConvolution Read(Linear linear, Weights weights) => new()
    {
        Weight = ToDouble(weights[linear.Weight]),
        Bias = Bias(linear.Bias, linear.OutputChannels, weights),
        OutputChannels = linear.OutputChannels,
        InputChannels = linear.InputChannels,
        KernelHeight = 1,
        KernelWidth = 1,
    };

    /// <summary>
    /// A transposed convolution of stride s is a convolution to s² times the channels and a pixel shuffle (Shi et al. 2016,
    /// arXiv:1609.07009): pixel s r + d of the result sees input rows r + j through the kernel's row d + padding - s j.
    /// A 4x4 one of stride 2 becomes 3x3, which Winograd makes cheaper than the 4 taps per pixel it has.
    /// </summary>
    private static FoldedConvolution Read(ConvTranspose2d transposed, Weights weights)
    {
        var (s, padding) = (transposed.Stride, transposed.Padding);
        if (transposed.KernelHeight != s + (2 * padding) || transposed.KernelWidth != transposed.KernelHeight)
        {
            throw new GraphException(
                $"'{transposed.Weight.Name}': the engine takes transposed convolutions that enlarge by their stride (kernel = stride + 2 padding), got {transposed.KernelHeight}x{transposed.KernelWidth}, stride {s}, padding {padding}.");
        }

        var reach = Math.Max((s - 1 + padding) / s, (transposed.KernelHeight - 1 - padding) / s);
        var folded = new FoldedConvolution
        {
            OutputChannels = transposed.OutputChannels * s * s,
            InputChannels = transposed.InputChannels,
            KernelHeight = (2 * reach) + 1,
            KernelWidth = (2 * reach) + 1,
            Padding = reach,
            Shuffle = s,
            Weight = new double[transposed.OutputChannels * s * s * transposed.InputChannels * ((2 * reach) + 1) * ((2 * reach) + 1)],
            Bias = [.. Bias(transposed.Bias, transposed.OutputChannels, weights).SelectMany(bias => Enumerable.Repeat(bias, s * s))],
        };
        Spread(transposed, weights[transposed.Weight], reach, folded);
        return folded;
    }

    private static void Spread(ConvTranspose2d transposed, float[] weight, int reach, FoldedConvolution folded)
    {
        var (s, kernel) = (transposed.Stride, transposed.KernelHeight);
        for (var i = 0; i < weight.Length; i++)
        {
            var (rest, kx) = Math.DivRem(i, kernel);
            (rest, var ky) = Math.DivRem(rest, kernel);
            var (input, output) = Math.DivRem(rest, transposed.OutputChannels);
            // Row ky of the kernel takes input row r to result row s r + ky - padding: phase d of row r - j.
            var (dy, dx) = (Phase(ky - transposed.Padding, s), Phase(kx - transposed.Padding, s));
            var (y, x) = (reach - ((ky - transposed.Padding - dy) / s), reach - ((kx - transposed.Padding - dx) / s));
            var o = (output * s * s) + (dy * s) + dx;
            folded.Weight[(((((o * folded.InputChannels) + input) * folded.KernelHeight) + y) * folded.KernelWidth) + x] = weight[i];
        }
    }

    private static int Phase(int offset, int stride) => ((offset % stride) + stride) % stride;

    private static double[] Bias(Parameter? bias, int channels, Weights weights) => bias is null ? new double[channels] : ToDouble(weights[bias]);

    private static double[] ToDouble(float[] values) => Array.ConvertAll(values, value => (double)value);
}
