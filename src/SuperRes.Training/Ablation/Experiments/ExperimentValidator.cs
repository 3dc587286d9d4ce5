using SuperRes.Evaluation.Studies.Reports;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Training.Ablation.Searching;
using SuperRes.Training.Recipes;
using static SuperRes.Training.Recipes.RecipeValidator;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>Finds every fault of an experiment before its first cell starts.</summary>
internal static class ExperimentValidator
{
    public static IEnumerable<string> Validate(Experiment experiment)
    {
        string[] faults = [.. Shape(experiment), .. Variants(experiment), .. Questions(experiment), .. Test(experiment), .. Search(experiment)];
        return faults.Length > 0 ? faults : Networks(experiment);
    }

    private static IEnumerable<string> Shape(Experiment experiment) =>
    [
        .. Check(IsFileName(experiment.Name), $"'name' is '{experiment.Name}', expected a name that can be a folder's"),
        .. Check(experiment.Networks.Count > 0, "'networks' is empty, expected at least one"),
        .. Check(experiment.Variants.Count > 0, "'variants' is empty, expected at least one"),
        .. Check(experiment.Seeds.Count > 0, "'seeds' is empty, expected at least one, better five"),
        .. Check(experiment.Seeds.Distinct().Count() == experiment.Seeds.Count, "'seeds' has a seed twice, and a run twice is no second run"),
        .. Check(experiment.DataShares.Count > 0, "'dataShares' is empty, expected at least one; [1] is all images"),
        .. experiment.DataShares.SelectMany((share, i) => Check(share is > 0 and <= 1, FormattableString.Invariant($"'dataShares[{i}]' is {share}, expected above 0 and at most 1"))),
        .. Check(experiment.DataShares.Distinct().Count() == experiment.DataShares.Count, "'dataShares' has a share twice"),
        .. Check(experiment.Scales.Distinct().Count() == experiment.Scales.Count, "'scales' has a scale twice"),
        .. Check(experiment.Budget.Steps >= 1, $"'budget.steps' is {experiment.Budget.Steps}, expected at least 1"),
        .. Check(experiment.Level is > 0 and < 1, FormattableString.Invariant($"'level' is {experiment.Level}, expected between 0 and 1, such as 0.95")),
        .. Check(experiment.Pictures >= 0, $"'pictures' is {experiment.Pictures}, expected 0 or more"),
    ];

    private static IEnumerable<string> Variants(Experiment experiment)
    {
        string[] names = [.. experiment.Variants.Select(variant => variant.Name)];
        string[] targets = [.. experiment.Variants.Where(variant => variant.AsSlowAs is null).Select(variant => variant.Name)];
        return
        [
            .. names.GroupBy(StudyText.FileName, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"'variants' has the names {string.Join(" and ", group.Select(name => $"'{name}'"))}, which can't be told apart in a folder"),
            .. experiment.Variants.SelectMany((variant, i) => Variant(variant, i, targets)),
            .. experiment.Variants.SelectMany((variant, i) => LearningRate(experiment, variant, i)),
        ];
    }

    /// <param name="targets">The variants that others can be as slow as: those that are no control for cost themselves.</param>
    private static IEnumerable<string> Variant(Variant variant, int index, string[] targets)
    {
        var kinds = (variant.Attention is null ? 0 : 1) + (variant.AsSlowAs is null ? 0 : 1) + (variant.Network is null ? 0 : 1);
        return
        [
            .. Check(StudyText.FileName(variant.Name).Length > 0, $"'variants[{index}].name' is '{variant.Name}', expected letters or digits"),
            .. Check(variant.Name != "bicubic", $"'variants[{index}].name' is 'bicubic', which stands for the interpolation in every report; expected another"),
            .. Check(kinds <= 1, $"'variants[{index}]' has several of attention, asSlowAs and network, expected at most one"),
            .. Check(
                variant.AsSlowAs is null || targets.Contains(variant.AsSlowAs),
                $"'variants[{index}].asSlowAs' is '{variant.AsSlowAs}', expected the name of a variant without asSlowAs{NearestName.Hint(variant.AsSlowAs, targets)}"),
        ];
    }

    private static IEnumerable<string> LearningRate(Experiment experiment, Variant variant, int index) => variant.LearningRate is null ? [] :
    [
        .. Check(experiment.Search is not { LearningRate: [_, ..] }, $"'variants[{index}].learningRate' is set, and 'search.learningRate' draws one; leave one of them out"),
        .. Check(
            experiment.Training.Adversarial is not { Pretraining: 0 },
            $"'variants[{index}].learningRate' is for the steps before the discriminator, and 'adversarial.pretraining' is 0; leave it out, or give the pretraining more steps"),
    ];

    private static IEnumerable<string> Questions(Experiment experiment)
    {
        string[] names = [.. experiment.Variants.Select(variant => variant.Name)];
        var twice = experiment.Questions.GroupBy(question => string.CompareOrdinal(question.Variant, question.Against) < 0 ? (question.Variant, question.Against) : (question.Against, question.Variant)).Where(same => same.Count() > 1);
        return experiment.Questions.SelectMany((question, i) => (string[])
        [
            .. Check(names.Contains(question.Variant), $"'questions[{i}].variant' is '{question.Variant}', expected a variant's name{NearestName.Hint(question.Variant, names)}"),
            .. Check(names.Contains(question.Against), $"'questions[{i}].against' is '{question.Against}', expected a variant's name{NearestName.Hint(question.Against, names)}"),
            .. Check(question.Variant != question.Against, $"'questions[{i}]' compares '{question.Variant}' with itself"),
        ]).Concat(twice.Select(same => $"'questions' has '{same.Key.Item1}' and '{same.Key.Item2}' {same.Count()} times; in either direction it is one question, and would count several times in Holm's correction"));
    }

    private static IEnumerable<string> Test(Experiment experiment) =>
    [
        .. Check(experiment.Test.Count > 0, "'test' is empty, expected at least one set to report on"),
        .. experiment.Test.GroupBy(CellName.Of, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"'test' has two sets called '{group.Key}'; give one another \"name\""),
        .. experiment.Test.SelectMany((set, i) => Check(set.Path.Trim().Length > 0, $"'test[{i}].path' is empty, expected a folder")),
        .. experiment.Test.SelectMany((set, i) => Check(set.First >= 0, $"'test[{i}].first' is {set.First}, expected 0 or more")),
        .. Protocol("protocol", experiment.Protocol),
    ];

    private static IEnumerable<string> Search(Experiment experiment) => experiment.Search is not { } search ? [] :
    [
        .. Check(search.Trials >= 1, $"'search.trials' is {search.Trials}, expected at least 1"),
        .. Check(search.Keep >= 2, $"'search.keep' is {search.Keep}, expected at least 2: the best one in so many goes on"),
        .. Check(
            search.LearningRate is [] || (search.LearningRate is [var low, var high] && low > 0 && low <= high),
            "'search.learningRate' is no range, expected [lowest, highest], above 0"),
        .. search.Reduction.SelectMany((value, i) => Check(value >= 1, $"'search.reduction[{i}]' is {value}, expected at least 1")),
        .. search.Batch.SelectMany((value, i) => Check(value is >= 1 and <= 4096, $"'search.batch[{i}]' is {value}, expected 1 to 4096")),
        .. search.Patch.SelectMany((value, i) => Check(value is >= 4 and <= 512, $"'search.patch[{i}]' is {value}, expected 4 to 512 low-resolution pixels")),
        .. Check(SearchPlanner.Ends(search).Any(), "'search' has nothing to draw, expected at least one of learningRate, reduction, placement, batch and patch"),
        .. Check(search.Reduction.Count == 0 || Attentions(experiment).Any(attention => attention.Channel), "'search.reduction' is drawn for no variant: none has attention with channel gates"),
        .. Check(search.Placement.Count == 0 || Attentions(experiment).Any(), "'search.placement' is drawn for no variant: none has attention"),
        .. Check(experiment.Training.Validation.Path is not null, "'training.validation.path' is missing: a search is judged on the validation images"),
        .. Check(experiment.Seeds.Count == 1, $"'seeds' has {experiment.Seeds.Count}, expected one in a search; repeat what it finds as an experiment of its own"),
    ];

    private static IEnumerable<CbamOptions> Attentions(Experiment experiment) =>
        experiment.Variants.Select(variant => variant.Attention ?? variant.Network?.Attention).OfType<CbamOptions>();

    /// <summary>Each network in each variant, as the recipes of the cells would have it.</summary>
    private static IEnumerable<string> Networks(Experiment experiment)
    {
        string[] attentive = [.. experiment.Networks.SelectMany((network, i) => Check(network.Attention is null, $"'networks[{i}].attention' is set; attention belongs into a variant"))];
        var recipes = Planning.CellRecipes.Prototypes(experiment).SelectMany(recipe => RecipeValidator.Validate(recipe.Recipe).Select(fault => $"{recipe.Label}: {fault}"));
        string[] controls = experiment.Variants.Any(variant => variant.AsSlowAs is not null)
            ? [.. experiment.Networks.SelectMany((network, i) => Check(Planning.NetworkSteps.CanGrow(network), $"'networks[{i}]' is {network.Architecture}, which has neither width nor depth to step up; leave the variant with asSlowAs out"))]
            : [];
        string[] faults = [.. attentive, .. controls, .. Labels(experiment), .. recipes.Distinct()];
        return faults.Length > 0 || experiment.Search is not { } search ? faults : Draws(experiment, search).Distinct();
    }

    /// <summary>What a search may draw, as the recipes of its shortest and of its longest runs would have it.</summary>
    private static IEnumerable<string> Draws(Experiment experiment, SearchOptions search) =>
        from prototype in Planning.CellRecipes.Prototypes(experiment)
        let steps = SearchPlanner.Steps(search, experiment.Budget.Steps)
        from recipe in new[] { steps[0], steps[^1] }.Distinct().Select(length => Planning.CellRecipes.WithSteps(prototype.Recipe, length))
        from draw in SearchPlanner.Ends(search)
        let drawn = draw.ApplyTo(recipe)
        from fault in RecipeValidator.Validate(drawn).Concat(Check(
            draw.LearningRate is null || drawn.Adversarial is not { Pretraining: 0 },
            "'adversarial.pretraining' is 0, and 'search.learningRate' is for the steps before the discriminator; leave it out, or give the pretraining more steps"))
        select FormattableString.Invariant($"{prototype.Label}, as 'search' may draw it ({draw.Describe(drawn)}; {drawn.Steps} steps): {fault}");

    /// <summary>A network is known by its architecture, size and scale, and by the share of the data.</summary>
    private static IEnumerable<string> Labels(Experiment experiment) =>
        from network in Planning.CellRecipes.Bases(experiment)
        from share in experiment.DataShares
        let label = CellName.Of(experiment, network, share)
        group label by StudyText.FileName(label) into same
        where same.Count() > 1
        select $"'{same.First()}' is there {same.Count()} times, by 'networks', 'scales' and 'dataShares'; two that differ in other options can be two variants, each with its \"network\"";
}
