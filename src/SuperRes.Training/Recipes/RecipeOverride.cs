using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SuperRes.Training.Recipes;

/// <summary>One <c>--set key=value</c>.</summary>
internal static class RecipeOverride
{
    /// <summary>Puts a value at a dotted path; numbers in the path index arrays. The value is JSON, or else a string that begins with neither <c>{</c> nor <c>[</c>.</summary>
    /// <exception cref="RecipeException">The assignment has no '=', its value is faulty JSON, or its path leads through something that is no object or array.</exception>
    public static void Apply(JsonNode root, string assignment)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            throw new RecipeException($"--set got '{assignment}', expected key=value, as in steps=1000.");
        }

        var path = assignment[..equals].Split('.');
        var node = root;
        foreach (var key in path[..^1])
        {
            node = Child(node, key, assignment);
        }

        Assign(node, path[^1], ParseValue(assignment[(equals + 1)..], assignment), assignment);
    }

    private static JsonNode Child(JsonNode node, string key, string assignment)
    {
        switch (node)
        {
            case JsonObject parent:
                parent[key] ??= new JsonObject();
                return parent[key]!;
            case JsonArray array when Index(array, key) is { } index && index < array.Count && array[index] is { } item:
                return item;
            default:
                throw new RecipeException($"--set {assignment}: '{key}' leads nowhere.");
        }
    }

    private static void Assign(JsonNode node, string key, JsonNode? value, string assignment)
    {
        switch (node)
        {
            case JsonObject parent:
                parent[key] = value;
                break;
            case JsonArray array when Index(array, key) is { } index && index < array.Count:
                array[index] = value;
                break;
            case JsonArray array when Index(array, key) == array.Count:
                array.Add(value);
                break;
            default:
                throw new RecipeException($"--set {assignment}: '{key}' leads nowhere.");
        }
    }

    private static int? Index(JsonArray array, string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= array.Count ? index : null;

    private static JsonNode? ParseValue(string text, string assignment)
    {
        try
        {
            return StrictJson.ParseValue(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException exception)
        {
            return text.TrimStart() is not ['{' or '[', ..]
                ? JsonValue.Create(text)
                : throw new RecipeException($"--set {assignment}: {JsonFault.Reason(exception)}", exception);
        }
    }
}
