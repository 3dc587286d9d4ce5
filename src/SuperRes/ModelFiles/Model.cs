using SuperRes.Networks;

namespace SuperRes.ModelFiles;

/// <summary>A network with its weights: what a model file holds, and what an engine or a trainer starts from.</summary>
public sealed class Model
{
    /// <summary>Differences that a message lists.</summary>
    private const int MostDifferences = 20;

    /// <summary>Puts weights to a network.</summary>
    /// <param name="options">What defines the network.</param>
    /// <param name="weights">Its weights, not copied; nobody may change them while the model is in use.</param>
    /// <param name="info">What is known of the weights.</param>
    /// <exception cref="GraphException">The options are not valid, or the weights don't fit them; the message lists the first 20 differences and counts the rest.</exception>
    public Model(NetworkOptions options, Weights weights, ModelInfo? info = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(weights);
        (Options, Graph, Weights, Info) = (options, options.BuildGraph(), weights, info ?? new ModelInfo());
        ThrowIfWeightsDiffer();
    }

    private Model(Model model, ModelInfo info) => (Options, Graph, Weights, Info) = (model.Options, model.Graph, model.Weights, info);

    /// <summary>What defines the network.</summary>
    public NetworkOptions Options { get; }

    /// <summary>The network: N, 3, H, W of RGB in [0, 1] to N, 3, sH, sW.</summary>
    public Graph Graph { get; }

    /// <summary>The values of the graph's parameters, all there and finite.</summary>
    public Weights Weights { get; }

    /// <summary>What is known of the weights.</summary>
    public ModelInfo Info { get; }

    /// <summary>The model's own name, or what its options amount to: <c>edsr-cbam-x4</c>.</summary>
    public string Name => Info.Name ?? DefaultName(Options);

    /// <summary>
    /// The scales at which the model can run, ascending: its own, and before it those whose results its network makes on
    /// the way (LapSRN's pyramid).
    /// </summary>
    public IReadOnlyList<int> Scales => ScalesOf(Graph, Options);

    /// <summary>A new model with random weights.</summary>
    /// <param name="options">What defines the network.</param>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    /// <param name="name">What to call it; null for what the options amount to.</param>
    /// <exception cref="GraphException">The options are not valid; the message lists every fault.</exception>
    public static Model Initialize(NetworkOptions options, ulong seed, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Model(options, Weights.Initialize(options.BuildGraph(), seed), new ModelInfo(name ?? DefaultName(options), InitialSeed: seed));
    }

    /// <summary>The model at one of its <see cref="Scales"/>: the layers above are left out. The weights are shared.</summary>
    /// <exception cref="GraphException">The network makes no result at this scale.</exception>
    public Model AtScale(int scale)
    {
        if (scale == Options.Scale)
        {
            return this;
        }

        if (!Scales.Contains(scale))
        {
            throw new GraphException($"{Name} has no result at x{scale}, only at x{string.Join(", x", Scales)}. Use a model trained at x{scale}.");
        }

        var options = Options with { Scale = scale };
        return new Model(options, Weights.Select(options.BuildGraph()), Info.At(scale) with { Name = $"{Name}@x{scale}" });
    }

    /// <summary>
    /// Interpolates the weights of two models of one network: (1 - share) of this one's and share of the other's (network
    /// interpolation, Wang et al. 2018, arXiv:1809.00219, section 3.4). It gives a useful network only where one of the two
    /// was trained from the other's weights, or both from the same: EDSR for PSNR and the same EDSR trained further as a GAN.
    /// </summary>
    /// <param name="other">A model with the same options.</param>
    /// <param name="share">The other model's share, 0 to 1.</param>
    /// <param name="name">What to call the result; null for both names.</param>
    /// <exception cref="GraphException">The two are not the same network.</exception>
    public Model Blend(Model other, double share, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        if (other.Options != Options)
        {
            throw new GraphException($"Only weights of one network can be blended, and these are of two: {Options.ToJson()} and {other.Options.ToJson()}.");
        }

        var weights = new Weights(Graph.Parameters.Select(parameter =>
            KeyValuePair.Create(parameter.Name, new Tensor(parameter.Shape, [.. Weights[parameter].Zip(other.Weights[parameter], (one, two) => (float)(one + (share * ((double)two - one))))]))));
        return new Model(Options, weights, new ModelInfo(name ?? $"{Name}+{other.Name}", BothLicences(other), Blend: new ModelBlend(Name, other.Name, share)));
    }

    /// <summary>The same network and weights, which are not looked through again, with something else known of them.</summary>
    internal Model With(ModelInfo info) => new(this, info);

    /// <summary>The terms of both models' data; unknown where one is.</summary>
    private string? BothLicences(Model other) => (Info.DataLicence, other.Info.DataLicence) switch
    {
        (null, _) or (_, null) => null,
        var (one, two) when one == two => one,
        var (one, two) => $"{one}; {two}",
    };

    internal static IReadOnlyList<int> ScalesOf(Graph graph, NetworkOptions options) =>
        [.. options.Scales.Where(scale => scale < options.Scale && graph.Outputs.Any(output => output.Key == $"x{scale}")).Order(), options.Scale];

    internal void ThrowIfWeightsDiffer() => ThrowIfDifferent(Options, Weights.Differences(Graph));

    internal static void ThrowIfDifferent(NetworkOptions options, IReadOnlyList<string> differences)
    {
        if (differences.Count > 0)
        {
            var more = differences.Count > MostDifferences ? $"; and {differences.Count - MostDifferences} more" : "";
            throw new GraphException($"The weights don't fit {DefaultName(options)} as its options define it. Differences: {string.Join("; ", differences.Take(MostDifferences))}{more}.");
        }
    }

    private static string DefaultName(NetworkOptions options) =>
        $"{options.Architecture}{(options.Attention is null ? "" : "-cbam")}-x{options.Scale}";
}
