using SuperRes.Engine.Steps;
using SuperRes.Networks;
using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Compilation;

/// <summary>
/// Recognises CBAM's gates and makes two passes of them: one that pools the (channel-gated) map over its channels, and one
/// that convolves the pooled map, and multiplies by both gates, scales and adds the skip while it is at it. The gated map
/// between the two gates never exists.
/// </summary>
internal sealed class AttentionFusion(CompilationState state)
{
    /// <summary>Makes the steps of a gate that begins at this node.</summary>
    /// <returns>False if none does, or the caller wants what would be fused away.</returns>
    public bool TryCompile(Node node) => node.Operation switch
    {
        Multiply when NetworkCompiler.GateOf(node) == GateKind.Channel && node.Channels > Packing.NarrowChannels => CompileChannelGate(node),
        ChannelPool when node.Inputs[0].Channels > Packing.NarrowChannels => CompileSpatialGate(node.Inputs[0]),
        _ => false,
    };

    private bool CompileChannelGate(Node multiply)
    {
        var gate = state.Map(multiply.Inputs[1]);
        if (!state.IsWanted(multiply) && SpatialGate.Match(multiply, state) is { } spatial)
        {
            state.Absorb(multiply);
            Compile(multiply.Inputs[0], gate, spatial, spatial.MultiplyNode);
        }
        else
        {
            Compile(multiply.Inputs[0], gate, null, multiply);
        }

        return true;
    }

    private bool CompileSpatialGate(Node pooled)
    {
        if (SpatialGate.Match(pooled, state) is not { } spatial)
        {
            return false;
        }

        Compile(pooled, null, spatial, spatial.MultiplyNode);
        return true;
    }

    private void Compile(Node map, int? channelGate, SpatialGate? spatial, Node last)
    {
        var pooled = spatial is null ? (int?)null : CompilePooling(map, channelGate, spatial);
        var (factor, residual) = (1.0, (int?)null);
        while (residual is null && state.OnlyConsumer(last) is { } next)
        {
            if (next.Operation is Scale scale)
            {
                factor *= scale.Factor;
            }
            else if (next.Operation is Add && NetworkCompiler.Other(next, last) is { } other && other.Index < map.Index)
            {
                residual = state.Map(other);
            }
            else
            {
                break;
            }

            state.Absorb(last);
            last = next;
        }

        var inputs = new GateInputs(state.Map(map), channelGate, pooled, residual);
        state.Steps.Add(state.Factory.Gate(inputs, spatial?.Read(state.Weights), (float)factor, last.Name, state.MakeMap(last)));
    }

    private int CompilePooling(Node map, int? channelGate, SpatialGate spatial)
    {
        spatial.Absorbed.ForEach(state.Absorb);
        var output = state.MakeMap(spatial.PooledNode);
        state.Steps.Add(state.Factory.PoolChannels(map.Channels, spatial.PooledNode.Name, [state.Map(map), .. channelGate is { } gate ? [gate] : Array.Empty<int>()], output));
        return output;
    }
}
