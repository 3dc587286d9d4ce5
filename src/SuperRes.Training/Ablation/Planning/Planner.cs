using SuperRes.Networks;
using SuperRes.Networks.Analysis;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Cpu;
using SuperRes.Training.Recipes;
using SuperRes.Evaluation;
using SuperRes.Evaluation.Studies;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>Measures what must be measured before the first cell, and decides with it.</summary>
/// <param name="experiment">What is planned.</param>
/// <param name="threads">Threads to use at most, and those that the engine is timed with.</param>
/// <param name="stepThreads">Threads of one cell, and those that steps on the processor are timed with.</param>
/// <param name="device">Where the networks are trained; null for the processor.</param>
/// <param name="known">A plan that has some of the arms, which stay as they are; null for none.</param>
/// <param name="reports">Reports of the experiment: what their plan chose by time is taken from them; null for none.</param>
internal sealed class Planner(
    Experiment experiment, int threads, int stepThreads, ITrainingDevice? device = null, ExperimentPlan? known = null, IReadOnlyList<StudyReport>? reports = null)
{
    /// <summary>Beyond so many steps in width, and as many in depth, no control is looked for.</summary>
    private const int MostSteps = 16;

    private readonly ITrainingDevice _device = device ?? new CpuDevice(stepThreads);

    /// <summary>Plans every network in every variant.</summary>
    /// <param name="message">Told what is being measured.</param>
    /// <param name="cancellationToken">Stops between two measurements.</param>
    /// <exception cref="RecipeException">There is no control as slow as is asked for.</exception>
    public ExperimentPlan Plan(Action<string> message, CancellationToken cancellationToken) => new()
    {
        Arms = [.. CellRecipes.Bases(experiment).SelectMany(network => Arms(network, message, cancellationToken))],
        Machine = EnvironmentProbe.Read(),
        Device = _device.Name,
        Threads = threads,
    };

    private IEnumerable<PlannedArm> Arms(NetworkOptions network, Action<string> message, CancellationToken cancellationToken)
    {
        var arms = new List<PlannedArm>();
        foreach (var variant in experiment.Variants)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (known?.Find(network, variant.Name) is { } planned)
            {
                arms.Add(planned);
                continue;
            }

            message($"measuring {CellName.Of(experiment, network)}, {variant.Name}");
            var (options, ratio) = variant.AsSlowAs is { } target
                ? KnownControl(network, variant) ?? Control(network, experiment.Variants.First(other => other.Name == target), cancellationToken)
                : (CellRecipes.NetworkOf(network, variant), (double?)null);
            using var engine = new EngineTimer(options, threads);
            using var steps = new StepTimer(experiment, options, _device);
            var graph = options.BuildGraph();
            var arm = new PlannedArm
            {
                Base = network,
                Variant = variant.Name,
                Network = options,
                LearningRate = variant.LearningRate,
                Steps = experiment.Budget.Steps,
                Parameters = graph.TrainableCount,
                MacsPerPixel = new GraphAnalysis(graph).MacsPerInputPixel,
                StepMilliseconds = Math.Round(steps.Median(), 3),
                StepThreads = stepThreads,
                EngineMilliseconds = Math.Round(engine.Median(), 3),
                AsSlowAs = variant.AsSlowAs,
                TimeRatio = ratio is { } value ? Math.Round(value, 3) : null,
            };
            arms.Add(arm with { Steps = arms.Count == 0 ? arm.Steps : KnownSteps(arm) ?? Steps(arm, arms[0]) });
        }

        return arms;
    }

    private long Steps(PlannedArm arm, PlannedArm reference)
    {
        var share = experiment.Budget.Kind switch
        {
            BudgetKind.Time => StepRatio(reference.Network, arm.Network),
            BudgetKind.Macs => reference.MacsPerPixel / arm.MacsPerPixel,
            _ => 1,
        };
        return Math.Max(1, (long)Math.Round(experiment.Budget.Steps * share));
    }

    /// <summary>Steps of the second network in the time of one of the first's.</summary>
    private double StepRatio(NetworkOptions first, NetworkOptions second)
    {
        if (first == second)
        {
            return 1;
        }

        using StepTimer one = new(experiment, first, _device), other = new(experiment, second, _device);
        return one.RatioTo(other);
    }

    /// <summary>Steps that took equal time where a report's runs were planned; null where there is none, and where steps follow from the budget alone. Only a report that holds its experiment has the same budget for certain.</summary>
    private long? KnownSteps(PlannedArm arm)
    {
        var labels = experiment.DataShares.Select(share => CellName.Of(experiment, arm.Base, share)).ToHashSet();
        return experiment.Budget.Kind == BudgetKind.Time
            ? reports?.Where(report => report.Experiment is not null).SelectMany(report => report.Cells).FirstOrDefault(cell => cell.Setting is null && cell.Variant == arm.Variant && labels.Contains(cell.Network))?.Steps
            : null;
    }

    private (NetworkOptions Options, double? Ratio)? KnownControl(NetworkOptions network, Variant variant) =>
        reports?.SelectMany(report => report.Controls).FirstOrDefault(control => control.Network == CellName.Of(experiment, network) && control.Variant == variant.Name && control.AsSlowAs == variant.AsSlowAs) is { } control
            ? (NetworkOptions.FromJson(control.Options), control.TimeRatio)
            : null;

    private (NetworkOptions Options, double? Ratio) Control(NetworkOptions network, Variant target, CancellationToken cancellationToken)
    {
        using var slow = new EngineTimer(CellRecipes.NetworkOf(network, target), threads);
        return NetworkSteps.Nearest(network, MostSteps, Ratio)
            ?? throw new RecipeException($"No {CellName.Of(experiment, network)} with up to {MostSteps} steps in width or depth takes as long as '{target.Name}'. Leave the variant with asSlowAs out.");

        double Ratio(NetworkOptions candidate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var timer = new EngineTimer(candidate, threads);
            return timer.RatioTo(slow);
        }
    }
}
