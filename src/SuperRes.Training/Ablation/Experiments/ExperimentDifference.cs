using System.Text.Json.Nodes;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>What makes two experiments different ones, whose runs can't stand beside each other.</summary>
internal static class ExperimentDifference
{
    /// <summary>What may change: these say which cells there are, what they are measured on and what is asked of them, and leave every training as it is.</summary>
    private static readonly string[] Free = ["title", "pictures", "seeds", "scales", "dataShares", "questions", "protocol", "level", "test"];

    /// <summary>
    /// The keys that differ and would make other cells of those that are there. Variants may come and go behind the first,
    /// which budgets refer to, and test sets as they like; what keeps its name must stay what it is.
    /// </summary>
    public static string[] Between(Experiment before, Experiment now)
    {
        var (left, right) = (Keys(before), Keys(now));
        return
        [
            .. left.Select(pair => pair.Key).Union(right.Select(pair => pair.Key)).Except([.. Free, "variants"]).Where(key => !JsonNode.DeepEquals(left[key], right[key])),
            .. before.Variants.Where((variant, i) => i == 0 ? variant != now.Variants[0] : now.Variants.Any(other => other.Name == variant.Name && other != variant))
                .Select(variant => $"variants.{variant.Name}"),
            .. before.Test.Where(set => now.Test.Any(other => CellName.Of(other) == CellName.Of(set) && other != set)).Select(set => $"test.{CellName.Of(set)}"),
        ];
    }

    private static JsonObject Keys(Experiment experiment) => JsonNode.Parse(ExperimentFile.ToJson(experiment)) as JsonObject ?? [];
}
