using System.Globalization;
using SuperRes.Evaluation.Studies.Reports;
using SuperRes.Networks;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>Makes the recipes of an experiment's cells.</summary>
internal static class CellRecipes
{
    /// <summary>One recipe per network, scale and variant as far as they can be told before anything is measured.</summary>
    public static IEnumerable<(string Label, Recipe Recipe)> Prototypes(Experiment experiment) =>
        from network in Bases(experiment)
        from variant in experiment.Variants
        where variant.AsSlowAs is null
        select ($"{CellName.Of(experiment, network)}, {variant.Name}", WithLearningRate(Prototype(experiment, NetworkOf(network, variant)), variant.LearningRate));

    /// <summary>The recipe of a network for the whole budget, as far as it can be told before anything is measured.</summary>
    public static Recipe Prototype(Experiment experiment, NetworkOptions network) => Recipe(experiment, "prototype", network, experiment.Budget.Steps, 1);

    /// <summary>Every network at every scale, without attention.</summary>
    public static IEnumerable<NetworkOptions> Bases(Experiment experiment) =>
        experiment.Networks.SelectMany(network => experiment.Scales.Count == 0 ? [network] : experiment.Scales.Select(scale => network with { Scale = scale }));

    /// <summary>The network in a variant that is no control for cost.</summary>
    public static NetworkOptions NetworkOf(NetworkOptions network, Variant variant) =>
        variant.Network is { } other ? other with { Scale = network.Scale } : network with { Attention = variant.Attention };

    /// <summary>All cells, seed by seed, so that an experiment that is stopped early has whole seeds.</summary>
    public static IReadOnlyList<Cell> Cells(Experiment experiment, IReadOnlyList<PlannedArm> arms) =>
    [
        .. from seed in experiment.Seeds
           from share in experiment.DataShares
           from arm in arms
           let label = CellName.Of(experiment, arm.Base, share)
           let name = string.Create(CultureInfo.InvariantCulture, $"{StudyText.FileName(label)}.{StudyText.FileName(arm.Variant)}.seed-{seed}")
           let recipe = WithLearningRate(WithShare(Recipe(experiment, name, arm.Network, arm.Steps, seed), share), arm.LearningRate)
           select new Cell(name, label, arm.Variant, recipe) { LearningRate = arm.LearningRate, StepMilliseconds = arm.StepMilliseconds, StepThreads = arm.StepThreads },
    ];

    private static Recipe Recipe(Experiment experiment, string name, NetworkOptions network, long steps, ulong seed)
    {
        var training = experiment.Training;
        var whole = new Recipe
        {
            Name = name,
            Network = network,
            Data = training.Data,
            Steps = experiment.Budget.Steps,
            Batch = training.Batch,
            Patches = training.Patches,
            Losses = training.Losses,
            Adversarial = training.Adversarial,
            Optimizer = training.Optimizer,
            Validation = training.Validation,
            Checkpoints = training.Checkpoints,
            Guards = training.Guards,
            Seed = seed,
        };
        return WithSteps(whole, steps);
    }

    /// <summary>The same recipe with more or fewer steps, of which the same share warms up, lies between two drops of the rate, and comes before a discriminator.</summary>
    public static Recipe WithSteps(Recipe recipe, long steps)
    {
        var factor = (double)steps / recipe.Steps;
        return recipe with
        {
            Steps = steps,
            Optimizer = Stretched(recipe.Optimizer, factor),
            Adversarial = recipe.Adversarial is { } adversarial
                ? adversarial with
                {
                    Pretraining = (long)Math.Round(adversarial.Pretraining * factor),
                    Optimizer = Stretched(adversarial.Optimizer, factor),
                    Discriminator = adversarial.Discriminator with { Optimizer = Stretched(adversarial.Discriminator.Optimizer, factor) },
                }
                : null,
        };
    }

    /// <summary>The same recipe with another initial learning rate, of the steps before a discriminator where there is one.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="rate">The rate; null to leave it.</param>
    public static Recipe WithLearningRate(Recipe recipe, double? rate) => rate is { } initial
        ? recipe with { Optimizer = recipe.Optimizer with { LearningRate = recipe.Optimizer.LearningRate with { Initial = initial } } }
        : recipe;

    private static OptimizerOptions Stretched(OptimizerOptions optimizer, double factor) => optimizer with { LearningRate = optimizer.LearningRate.Stretch(factor) };

    private static Recipe WithShare(Recipe recipe, double share) => recipe with
    {
        Data = recipe.Data with { Train = [.. recipe.Data.Train.Select(source => source with { Fraction = source.Fraction * share })] },
    };
}
