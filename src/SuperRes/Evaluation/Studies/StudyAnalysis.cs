using SuperRes.Evaluation.Statistics;

namespace SuperRes.Evaluation.Studies;

/// <summary>Means over seeds and the answers to the questions, from the runs alone.</summary>
internal static class StudyAnalysis
{
    /// <summary>All that is measured on a set.</summary>
    public static IReadOnlyList<StudyMeasure> Measures { get; } =
    [
        .. Metrics.Protocols.All.SelectMany(protocol => (StudyMeasure[])[StudyMeasure.Psnr(protocol.Name), StudyMeasure.Ssim(protocol.Name)]),
        StudyMeasure.Overshoot,
        StudyMeasure.Undershoot,
        .. Enumerable.Range(1, FrequencyBands.Count).Select(StudyMeasure.Error),
    ];

    /// <summary>Every network in every variant, in the cells' order.</summary>
    /// <param name="cells">The runs.</param>
    /// <param name="dataset">The set that decides.</param>
    /// <param name="protocol">The protocol that decides.</param>
    /// <param name="level">Level of the intervals.</param>
    public static IReadOnlyList<StudyArm> Arms(IReadOnlyList<StudyCell> cells, string dataset, string protocol, double level) =>
        [.. cells.GroupBy(cell => (cell.Network, cell.Variant)).Select(arm => Arm([.. arm], dataset, protocol, level))];

    /// <summary>
    /// The answers. Questions whose variants have no seed in common have none. Holm's correction runs over all questions
    /// of the study, each decided by one number: PSNR on one set by one protocol.
    /// </summary>
    /// <param name="cells">The runs.</param>
    /// <param name="pairs">Which variant against which.</param>
    /// <param name="dataset">The set that decides.</param>
    /// <param name="protocol">The protocol that decides.</param>
    /// <param name="level">Level of the intervals.</param>
    public static IReadOnlyList<StudyQuestion> Questions(
        IReadOnlyList<StudyCell> cells, IReadOnlyList<(string Variant, string Against)> pairs, string dataset, string protocol, double level)
    {
        StudyQuestion[] asked =
        [
            .. from network in cells.Select(cell => cell.Network).Distinct()
               from pair in pairs
               select Question(cells, network, pair.Variant, pair.Against, dataset, protocol, level),
        ];
        var overSeeds = Holm.Adjust([.. asked.Select(question => question.Decisive?.Seeds.P)]);
        var overImages = Holm.Adjust([.. asked.Select(question => question.Decisive?.Crossed?.P)]);
        return
        [
            .. asked.Select((question, i) => question with
            {
                AdjustedP = overSeeds[i],
                AdjustedCrossedP = overImages[i],
                Sentence = Sentence(question, overSeeds[i], overImages[i], pairs, level),
            }),
        ];
    }

    private static StudyArm Arm(StudyCell[] cells, string dataset, string protocol, double level)
    {
        var first = cells[0];
        StudyCell[] whole = [.. cells.Where(cell => cell.Failure is null)];
        return new StudyArm
        {
            Network = first.Network,
            Variant = first.Variant,
            Scale = first.Scale,
            Seeds = whole.Length,
            Failed = cells.Length - whole.Length,
            Parameters = first.Parameters,
            MacsPerPixel = first.MacsPerPixel,
            Steps = first.Steps,
            Looking = Looking(whole, dataset, StudyMeasure.Psnr(protocol), level),
            Means = whole.Length == 0 ? [] : [.. from set in whole[0].Sets
                from measure in Measures
                select Mean(set.Dataset, measure, [.. whole.Select(cell => Sample.Mean(measure.On(cell.On(set.Dataset)!)))], level)],
        };
    }

    private static StudyDifference? Looking(StudyCell[] cells, string dataset, StudyMeasure measure, double level)
    {
        (StudySet, StudySet)[] pairs = [.. from cell in cells where cell.FrozenGates is not null select (cell.On(dataset)!, cell.FrozenGates)];
        return pairs.Length == 0 ? null : Difference(pairs, measure, level);
    }

    private static StudyMean Mean(string dataset, StudyMeasure measure, double[] seeds, double level)
    {
        // An image that is right to the last bit has an infinite PSNR, and its set no noise that could be told.
        if (seeds.Any(seed => !double.IsFinite(seed)))
        {
            return new StudyMean(dataset, measure, Sample.Mean(seeds));
        }

        var over = SeedDifference.Of(seeds, level);
        return new StudyMean(dataset, measure, over.Mean, over.Interval, over.SeedNoise);
    }

    private static StudyQuestion Question(
        IReadOnlyList<StudyCell> cells, string network, string variant, string against, string dataset, string protocol, double level)
    {
        (StudyCell Variant, StudyCell Against)[] pairs =
        [
            .. from cell in cells
               where cell.Network == network && cell.Variant == variant && cell.Failure is null
               from other in cells
               where other.Network == network && other.Variant == against && other.Seed == cell.Seed && other.Failure is null
               orderby cell.Seed
               select (cell, other),
        ];
        StudyDifference[] differences = pairs.Length == 0 ? [] :
            [.. from set in pairs[0].Variant.Sets
                let sets = pairs.Select(pair => (pair.Variant.On(set.Dataset)!, pair.Against.On(set.Dataset)!)).ToArray()
                from measure in Measures
                let found = Difference(sets, measure, level)
                where found is not null
                select found];
        return new StudyQuestion
        {
            Network = network,
            Variant = variant,
            Against = against,
            Sentence = "",
            Decisive = differences.FirstOrDefault(difference => difference.Dataset == dataset && difference.Measure == StudyMeasure.Psnr(protocol)),
            Differences = differences,
        };
    }

    /// <summary>The difference, image by image and seed by seed; an image that either variant gets exactly right in any seed, with an infinite PSNR, is left out.</summary>
    private static StudyDifference? Difference((StudySet Variant, StudySet Against)[] pairs, StudyMeasure measure, double level)
    {
        double[][] table = [.. pairs.Select(pair => measure.On(pair.Variant).Zip(measure.On(pair.Against), (a, b) => a - b).ToArray())];
        int[] finite = [.. Enumerable.Range(0, table[0].Length).Where(image => table.All(row => double.IsFinite(row[image])))];
        if (finite.Length == 0)
        {
            return null;
        }

        double[][] kept = [.. table.Select(row => finite.Select(image => row[image]).ToArray())];
        return new StudyDifference(pairs[0].Variant.Dataset, measure, SeedDifference.Of([.. kept.Select(row => Sample.Mean(row))], level), CrossedDifference.Of(kept, level));
    }

    private static string Sentence(StudyQuestion question, double? overSeeds, double? overImages, IReadOnlyList<(string Variant, string Against)> pairs, double level)
    {
        // Against what is said only where it is not the same for all.
        var against = pairs.Select(pair => pair.Against).Distinct().Count() > 1 ? $" against {question.Against}" : "";
        return question.Decisive is { } decisive
            ? Answer.Sentence(question.Variant, question.Network + against, " dB", decisive.Seeds, overSeeds, overImages, level)
            : $"{question.Variant} in {question.Network}{against}: no seed was finished with both, so nothing can be said.";
    }
}
