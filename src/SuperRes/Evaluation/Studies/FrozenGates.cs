using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Evaluation.Studies;

/// <summary>A trained network whose gates no longer look: what it loses by that is what looking was worth to it.</summary>
internal static class FrozenGates
{
    /// <summary>The same network and weights, with every gate held at its mean. What the image's border does to spatial gates stays.</summary>
    /// <param name="model">A network with attention.</param>
    /// <param name="means">What its modules do on average.</param>
    public static Model Of(Model model, IReadOnlyList<GateMeans> means)
    {
        var attention = model.Options.Attention!;
        var held = means
            .SelectMany(gates => (IEnumerable<KeyValuePair<string, Tensor>>)
            [
                .. gates.Channels is { } channels ? Cbam.HoldChannels(gates.Module, attention, channels, model.Weights) : [],
                .. gates.Spatial is { } spatial ? Cbam.HoldPositions(gates.Module, spatial.Logit, spatial.Average, spatial.Maximum, model.Weights) : [],
            ])
            .ToDictionary(StringComparer.Ordinal);
        return new Model(
            model.Options with { Attention = attention with { GateInput = CbamGateInput.Constant } },
            new Weights(model.Weights.Names.Select(name => KeyValuePair.Create(name, held.GetValueOrDefault(name) ?? model.Weights[name]))),
            model.Info);
    }
}
