using System.Globalization;
using System.Text.Json;
using SuperRes.Evaluation.Studies;
using SuperRes.Networks;
using SuperRes.Networks.Analysis;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>One run of an experiment.</summary>
/// <param name="Name">Unique in the experiment, and its folder's name.</param>
/// <param name="Label">The network, scale and size of the data: "ESPCN x4".</param>
/// <param name="Variant">The variant's name.</param>
/// <param name="Recipe">What is trained.</param>
public sealed record Cell(string Name, string Label, string Variant, Recipe Recipe)
{
    /// <summary>What a search drew for this run; null elsewhere.</summary>
    public string? Setting { get; init; }

    /// <summary>The variant's own initial learning rate; null where it has the experiment's.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Milliseconds of a step, as planned.</summary>
    public required double StepMilliseconds { get; init; }

    /// <summary>Threads that such a step took; 0 where the plan does not say.</summary>
    public int StepThreads { get; init; }

    /// <summary>The seed.</summary>
    public ulong Seed => Recipe.Seed;

    /// <summary>The network.</summary>
    public NetworkOptions Network => Recipe.Network;

    /// <summary>Whether this is what a result was trained as. Options are compared as they are read: earlier versions wrote fewer of them.</summary>
    internal bool IsOf(StudyCell result)
    {
        try
        {
            return result.Steps == Recipe.Steps && result.LearningRate == LearningRate && NetworkOptions.FromJson(result.Options) == Network;
        }
        catch (JsonException)
        {
            // Options that this version doesn't know say nothing.
            return true;
        }
    }

    /// <summary>How a result that <see cref="IsOf"/> refuses was trained, and how this cell is planned, as a clause.</summary>
    internal string DifferenceFrom(StudyCell result) =>
        $"{Name} was trained for {Training(result.Steps, result.LearningRate, result.Options)}, and plan.json has {Training(Recipe.Steps, LearningRate, Network.ToJson())}";

    /// <summary>What a report says of the run before anything is known of its outcome.</summary>
    /// <param name="graph">The network's graph.</param>
    internal StudyCell Describe(Graph graph) => new()
    {
        Name = Name,
        Network = Label,
        Variant = Variant,
        Seed = Seed,
        Options = Network.ToJson(),
        Setting = Setting,
        LearningRate = LearningRate,
        Scale = Network.Scale,
        Parameters = graph.TrainableCount,
        MacsPerPixel = new GraphAnalysis(graph).MacsPerInputPixel,
        Steps = Recipe.Steps,
        TrainingImages = 0,
    };

    private static string Training(long steps, double? learningRate, string options) => string.Create(
        CultureInfo.InvariantCulture, $"{steps:N0} steps {(learningRate is { } rate ? $"at a learning rate of {rate.ToString(CultureInfo.InvariantCulture)} " : "")}as {options}");
}
