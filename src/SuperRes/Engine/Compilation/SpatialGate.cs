using SuperRes.Engine.Steps;
using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Compilation;

/// <summary>
/// CBAM's spatial gate as it stands in a graph: map -> mean and maximum over channels -> concat -> k x k convolution to
/// one channel -> sigmoid -> multiply with the map.
/// </summary>
internal sealed record SpatialGate(Node PooledNode, Node ConvolutionNode, Node MultiplyNode, List<Node> Absorbed)
{
    /// <summary>The gate that reads this map, if the map is read for nothing else and nobody wants what is in between.</summary>
    public static SpatialGate? Match(Node map, CompilationState state)
    {
        var consumers = state.Consumers(map);
        var mean = consumers.FirstOrDefault(node => node.Operation is ChannelPool { Pool: PoolKind.Average });
        var maximum = consumers.FirstOrDefault(node => node.Operation is ChannelPool { Pool: PoolKind.Max });
        var multiply = consumers.FirstOrDefault(node => node.Operation is Multiply && ReferenceEquals(node.Inputs[0], map));
        if (consumers.Count != 3 || mean is null || maximum is null || multiply is null
            || state.OnlyConsumer(mean) is not { Operation: Concat } concat
            || state.OnlyConsumer(maximum) != concat
            || concat.Inputs[0] != mean
            || state.OnlyConsumer(concat) is not { Operation: Conv2d { OutputChannels: 1, Stride: 1 } kernel } convolution
            || kernel.KernelHeight != kernel.KernelWidth || kernel.Padding != kernel.KernelHeight / 2
            || state.OnlyConsumer(convolution) is not { Operation: Sigmoid } sigmoid
            || state.OnlyConsumer(sigmoid) != multiply)
        {
            return null;
        }

        return new SpatialGate(concat, convolution, multiply, [mean, maximum, convolution, sigmoid]);
    }

    /// <summary>The convolution's weights.</summary>
    public SpatialWeights Read(Weights weights)
    {
        var kernel = (Conv2d)ConvolutionNode.Operation;
        return new SpatialWeights(kernel.KernelHeight, weights[kernel.Weight], kernel.Bias is null ? 0 : weights[kernel.Bias][0]);
    }
}
