using System.Globalization;
using SuperRes.Networks.Operations;

namespace SuperRes.Networks.Analysis;

/// <summary>An operation in the few words of a layer table: its kind and the numbers that its parameters' shapes don't tell.</summary>
internal static class OperationText
{
    public static string Describe(Operation operation) => operation switch
    {
        Conv2d conv => $"{conv.Kind} {conv.KernelHeight}x{conv.KernelWidth}{(conv.Stride > 1 ? Invariant($" stride {conv.Stride}") : "")}",
        ConvTranspose2d conv => $"{conv.Kind} {conv.KernelHeight}x{conv.KernelWidth} stride {conv.Stride}",
        MaxPool2d pool => $"{pool.Kind} {pool.Kernel}x{pool.Kernel}",
        PixelShuffle shuffle => $"{shuffle.Kind} x{shuffle.Factor}",
        BicubicUpsample bicubic => $"{bicubic.Kind} x{bicubic.Factor}",
        GlobalPool pool => $"{pool.Kind} {pool.Pool.ToString().ToLowerInvariant()}",
        ChannelPool pool => $"{pool.Kind} {pool.Pool.ToString().ToLowerInvariant()}",
        LeakyRelu leaky => Invariant($"{leaky.Kind} {leaky.NegativeSlope}"),
        Scale scale => Invariant($"{scale.Kind} {scale.Factor}"),
        SelfAttention attention => $"{attention.Kind} {attention.Heads} heads",
        _ => operation.Kind,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
