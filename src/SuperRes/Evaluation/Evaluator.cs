using SuperRes.Evaluation.Figures;
using SuperRes.Metrics;

namespace SuperRes.Evaluation;

/// <summary>
/// Measures models on data sets. Images are taken one after another, and every model makes an image before the next one
/// is read: times are not disturbed by other work, and only one image's results are in memory.
/// </summary>
public sealed class Evaluator
{
    private readonly EvaluationOptions _options;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<Protocol> _protocols;

    /// <summary>Makes an evaluator; it holds nothing that needs disposing and may be used again.</summary>
    /// <param name="options">What to measure, and how.</param>
    /// <param name="time">Clock of the times and the date; null for the system's.</param>
    /// <exception cref="ArgumentException">The options are wrong; the message lists every fault.</exception>
    public Evaluator(EvaluationOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = options.Validate();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        _options = options;
        _time = time ?? TimeProvider.System;
        _protocols = [.. options.OtherProtocols.Prepend(options.Protocol).DistinctBy(protocol => protocol.Name, StringComparer.Ordinal)];
    }

    /// <summary>Measures every model on every image of every set at every scale.</summary>
    /// <param name="models">At least one, each under its own name. They stay the caller's.</param>
    /// <param name="sets">At least one, each under its own name.</param>
    /// <param name="progress">Told after every measurement; may be null.</param>
    /// <param name="cancellationToken">Ends the run early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// The report and the crops to show. An image that can't be read or made is among its result's failures, and in no mean.
    /// </returns>
    /// <exception cref="ArgumentException">There is no model or set, a name comes twice, or the baseline is no model's name.</exception>
    public EvaluationRun Run(
        IReadOnlyList<EvaluationModel> models,
        IReadOnlyList<IEvaluationSet> sets,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        RequireNames(nameof(models), models, [.. models.Select(model => model.Name)]);
        RequireNames(nameof(sets), sets, [.. sets.Select(set => set.Name)]);
        var baseline = _options.Baseline ?? models[0].Name;
        if (!models.Any(model => model.Name == baseline))
        {
            throw new ArgumentException($"The baseline '{baseline}' is none of the models: {string.Join(", ", models.Select(model => model.Name))}.", nameof(models));
        }

        var counter = new ProgressCounter(sets.Sum(set => set.ImageNames.Count) * models.Count * _options.Scales.Count, progress);
        var results = new List<EvaluationResult>();
        var figures = new List<ComparisonFigure>();
        var notes = new List<string>(_options.Notes);
        foreach (var set in sets)
        {
            foreach (var scale in _options.Scales)
            {
                var pass = new EvaluationPass(set, scale, models, _protocols, _options, _time, counter);
                pass.Run(cancellationToken);
                results.AddRange(pass.Results());
                figures.AddRange(pass.Figures(firstNumber: figures.Count + 1));
                notes.AddRange(pass.Notes);
            }
        }

        return new EvaluationRun(Report(results, figures, notes, baseline), figures);
    }

    private EvaluationReport Report(List<EvaluationResult> results, List<ComparisonFigure> figures, List<string> notes, string baseline)
    {
        var now = _time.GetUtcNow();
        return new EvaluationReport
        {
            Protocol = _protocols[0].Card,
            OtherProtocols = [.. _protocols.Skip(1).Select(protocol => protocol.Card)],
            Results = results,
            Comparisons = Comparisons.Against(baseline, results, _options.Bootstrap),
            Figures = [.. figures.Select(figure => figure.Reference)],
            Notes = [.. notes.Distinct(StringComparer.Ordinal)],
            Bootstrap = _options.Bootstrap,
            Repeats = _options.Repeats,
            Environment = EnvironmentProbe.Read(),
            Version = typeof(Evaluator).Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
            Date = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero),
        };
    }

    private static void RequireNames<T>(string parameter, IReadOnlyList<T> items, string[] names)
    {
        if (items.Count == 0)
        {
            throw new ArgumentException($"There are no {parameter} to evaluate.", parameter);
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The name '{twice.Key}' comes more than once among the {parameter}; a report could not tell them apart.", parameter);
        }
    }
}
