using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Evaluation.Studies;

/// <summary>A trained network whose gates no longer look: what it loses by that is what looking was worth to it.</summary>
internal static class FrozenGates
{
    /// <summary>The same network and weights, with every gate held at its mean.</summary>
    /// <param name="model">A network with attention.</param>
    /// <param name="means">What its modules let through on average.</param>
    public static Model Of(Model model, IReadOnlyList<GateMeans> means)
    {
        var held = means
            .SelectMany(gates => Cbam.Hold(gates.Module, model.Options.Attention!, gates.Channels, gates.Positions, model.Weights))
            .ToDictionary(StringComparer.Ordinal);
        return new Model(
            model.Options,
            new Weights(model.Weights.Names.Select(name => KeyValuePair.Create(name, held.GetValueOrDefault(name) ?? model.Weights[name]))),
            model.Info);
    }
}
