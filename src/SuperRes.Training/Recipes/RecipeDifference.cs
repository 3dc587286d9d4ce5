using System.Text.Json;
using System.Text.Json.Nodes;

namespace SuperRes.Training.Recipes;

/// <summary>Names the options in which two recipes differ.</summary>
internal static class RecipeDifference
{
    /// <summary>One line per option, with both values. How often a run is measured and saved may change; what it computes, and what its records compare, may not.</summary>
    /// <param name="before">The recipe that the run was started with.</param>
    /// <param name="now">The one that it would go on with.</param>
    /// <param name="isMeasured">Whether the run has a measurement, which others will be compared with.</param>
    public static IReadOnlyList<string> Between(Recipe before, Recipe now, bool isMeasured)
    {
        var isFree = now.Validation.Path is null || !isMeasured;
        var validation = isFree ? now.Validation : before.Validation with { Every = now.Validation.Every, Samples = now.Validation.Samples };
        var unwatched = before with { Validation = validation, Checkpoints = now.Checkpoints, Guards = now.Guards };
        unwatched = unwatched with { Data = before.Data with { Licence = now.Data.Licence, CacheMegabytes = now.Data.CacheMegabytes, Workers = now.Data.Workers } };
        var differences = new List<string>();
        Compare("", JsonSerializer.SerializeToNode(unwatched, RecipeJson.Recipe), JsonSerializer.SerializeToNode(now, RecipeJson.Recipe), differences);
        return differences;
    }

    private static void Compare(string path, JsonNode? before, JsonNode? now, List<string> differences)
    {
        if (JsonNode.DeepEquals(before, now))
        {
            return;
        }

        if (before is JsonObject left && now is JsonObject right)
        {
            foreach (var key in left.Select(pair => pair.Key).Union(right.Select(pair => pair.Key)))
            {
                Compare(path.Length == 0 ? key : $"{path}.{key}", left[key], right[key], differences);
            }
        }
        else if (before is JsonArray first && now is JsonArray second && first.Count == second.Count)
        {
            for (var i = 0; i < first.Count; i++)
            {
                Compare($"{path}[{i}]", first[i], second[i], differences);
            }
        }
        else
        {
            differences.Add($"'{path}' was {Text(before)} and is now {Text(now)}");
        }
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "absent";
}
