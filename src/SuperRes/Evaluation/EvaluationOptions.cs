using SuperRes.Evaluation.Statistics;
using SuperRes.Metrics;

namespace SuperRes.Evaluation;

/// <summary>What an evaluation measures, and how.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The protocol of the report's main numbers.</summary>
    public Protocol Protocol { get; init; } = Protocols.Y;

    /// <summary>
    /// Protocols that the same outputs are measured by besides. By default <c>y</c>, which the literature uses, and
    /// <c>paper</c>, so that every report can be held against both.
    /// </summary>
    public IReadOnlyList<Protocol> OtherProtocols { get; init; } = [Protocols.Y, Protocols.Paper];

    /// <summary>The scales to evaluate at, each at least 2.</summary>
    public IReadOnlyList<int> Scales { get; init; } = [4];

    /// <summary>How often every image is made; its time is the median.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The model that the others are compared with; null for the first one.</summary>
    public string? Baseline { get; init; }

    /// <summary>How intervals are made.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new();

    /// <summary>
    /// How many images of each data set and scale are shown side by side: those that the models differ most on. 0 for none.
    /// </summary>
    public int FiguresPerSet { get; init; } = 3;

    /// <summary>What a reader has to know of how the models were run, a sentence each; the report's notes begin with it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Every fault in plain words; empty when there is none.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>(Bootstrap.Validate());
        if (Scales.Count == 0)
        {
            faults.Add("No scale is given; give at least one, such as 4.");
        }

        foreach (var scale in Scales.Where(scale => scale < 2))
        {
            faults.Add(FormattableString.Invariant($"The scale is {scale}; evaluating needs a whole scale of at least 2."));
        }

        if (Repeats < 1)
        {
            faults.Add(FormattableString.Invariant($"Every image would be made {Repeats} times; it takes at least 1."));
        }

        if (FiguresPerSet < 0)
        {
            faults.Add(FormattableString.Invariant($"{FiguresPerSet} figures per set make no sense; 0 is none."));
        }

        return faults;
    }
}
