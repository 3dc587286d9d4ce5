using System.Text.Json;
using System.Text.Json.Nodes;

namespace SuperRes.Training.Recipes;

/// <summary>A recipe as a flat list of options.</summary>
public static class RecipeEntries
{
    /// <summary>Every option with its value, defaults included, in the recipe's order: <c>data.train.0.path</c> and its JSON value.</summary>
    /// <remarks>The keys are those that <c>--set</c> takes.</remarks>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(Recipe recipe)
    {
        var entries = new List<KeyValuePair<string, string>>();
        Add("", JsonSerializer.SerializeToNode(recipe, RecipeJson.Recipe), entries);
        return entries;
    }

    private static void Add(string path, JsonNode? node, List<KeyValuePair<string, string>> entries)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (key, value) in members)
                {
                    Add(path.Length == 0 ? key : $"{path}.{key}", value, entries);
                }

                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    Add($"{path}.{i}", items[i], entries);
                }

                break;
            default:
                entries.Add(KeyValuePair.Create(path, Text(node)));
                break;
        }
    }

    /// <summary>Strings without quotes, for people.</summary>
    private static string Text(JsonNode? node) => node switch
    {
        null => "none",
        _ when node.GetValueKind() == JsonValueKind.String => node.GetValue<string>(),
        _ => node.ToJsonString(),
    };
}
