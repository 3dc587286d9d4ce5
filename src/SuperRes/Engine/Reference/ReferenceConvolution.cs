using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Reference;

/// <summary>The layers that sum products with a weight, by their definitions.</summary>
internal static class ReferenceConvolution
{
    /// <summary>y[o, r, c] = b[o] + sum over i, ky, kx of w[o, i, ky, kx] * x[i, r * stride + ky - padding, c * stride + kx - padding].</summary>
    public static ReferenceMap Conv2d(ReferenceMap x, Conv2d conv, double[] weight, double[]? bias)
    {
        var padded = Pad(x, conv.Padding);
        var height = ((padded.Height - conv.KernelHeight) / conv.Stride) + 1;
        var width = ((padded.Width - conv.KernelWidth) / conv.Stride) + 1;
        return x.Fill(conv.OutputChannels, height, width, (n, o, row, column) =>
        {
            var sum = bias?[o] ?? 0;
            var w = o * conv.InputChannels * conv.KernelHeight * conv.KernelWidth;
            for (var i = 0; i < conv.InputChannels; i++)
            {
                for (var ky = 0; ky < conv.KernelHeight; ky++)
                {
                    var from = padded.Offset(n, i, (row * conv.Stride) + ky, column * conv.Stride);
                    for (var kx = 0; kx < conv.KernelWidth; kx++)
                    {
                        sum += weight[w++] * padded.Values[from + kx];
                    }
                }
            }

            return sum;
        });
    }

    /// <summary>
    /// Each input value adds its multiple of the kernel: x[i, r, c] * w[i, o, ky, kx] to y[o, r * stride + ky - padding,
    /// c * stride + kx - padding]. Here from the result's side: which input row, if any, reaches this row through ky.
    /// </summary>
    public static ReferenceMap ConvTranspose2d(ReferenceMap x, ConvTranspose2d conv, double[] weight, double[]? bias)
    {
        var height = ((x.Height - 1) * conv.Stride) - (2 * conv.Padding) + conv.KernelHeight;
        var width = ((x.Width - 1) * conv.Stride) - (2 * conv.Padding) + conv.KernelWidth;
        return x.Fill(conv.OutputChannels, height, width, (n, o, row, column) =>
        {
            var sum = bias?[o] ?? 0;
            for (var ky = 0; ky < conv.KernelHeight; ky++)
            {
                for (var kx = 0; kx < conv.KernelWidth; kx++)
                {
                    var (down, right) = (row + conv.Padding - ky, column + conv.Padding - kx);
                    if (down % conv.Stride != 0 || right % conv.Stride != 0)
                    {
                        continue;
                    }

                    for (var i = 0; i < conv.InputChannels; i++)
                    {
                        var w = weight[(((((i * conv.OutputChannels) + o) * conv.KernelHeight) + ky) * conv.KernelWidth) + kx];
                        sum += w * x.OrZero(n, i, down / conv.Stride, right / conv.Stride);
                    }
                }
            }

            return sum;
        });
    }

    /// <summary>y[o] = b[o] + sum over i of w[o, i] * x[i] at each position.</summary>
    public static ReferenceMap Linear(ReferenceMap x, Linear linear, double[] weight, double[]? bias) =>
        x.Fill(linear.OutputChannels, x.Height, x.Width, (n, o, row, column) =>
        {
            var sum = bias?[o] ?? 0;
            for (var i = 0; i < linear.InputChannels; i++)
            {
                sum += weight[(o * linear.InputChannels) + i] * x[n, i, row, column];
            }

            return sum;
        });

    private static ReferenceMap Pad(ReferenceMap x, int padding) =>
        x.Fill(x.Channels, x.Height + (2 * padding), x.Width + (2 * padding), (n, c, row, column) => x.OrZero(n, c, row - padding, column - padding));
}
