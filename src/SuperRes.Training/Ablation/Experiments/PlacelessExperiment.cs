using System.Text.Json;
using System.Text.Json.Nodes;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>
/// An experiment as a report holds it: resolved, and without the places where somebody's files lie. Of a folder or file only
/// its own name is kept; which images were in it the report knows by their contents.
/// </summary>
internal static class PlacelessExperiment
{
    private static readonly string[] Places = ["path", "file"];

    public static JsonElement Of(Experiment experiment)
    {
        var tree = JsonNode.Parse(ExperimentFile.ToJson(experiment))!;
        Reduce(tree);
        return JsonSerializer.SerializeToElement(tree);
    }

    /// <summary>What makes this experiment another one than the report's; empty where their runs can stand beside each other. Names may differ.</summary>
    /// <exception cref="Recipes.RecipeException">The report holds options that this version does not know.</exception>
    public static string[] Differences(JsonElement reported, Experiment now)
    {
        var before = ExperimentFile.Parse(reported.GetRawText());
        return ExperimentDifference.Between(before, ExperimentFile.Parse(Of(now).GetRawText()) with { Name = before.Name });
    }

    private static void Reduce(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Reduce(item);
            }
        }
        else if (node is JsonObject fields)
        {
            foreach (var (key, value) in fields.ToArray())
            {
                if (Places.Contains(key) && value is JsonValue place && place.TryGetValue<string>(out var path))
                {
                    fields[key] = path.TrimEnd('/', '\\').Split('/', '\\')[^1];
                }
                else
                {
                    Reduce(value);
                }
            }
        }
    }
}
