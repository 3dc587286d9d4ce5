using System.Text.Json;
using System.Text.Json.Nodes;

namespace SuperRes.Training.Recipes;

/// <summary>
/// Reads and writes recipes. Configuration flows one way: JSON, then a typed record, then <c>key=value</c> overrides,
/// then every fault at once.
/// </summary>
public static class RecipeFile
{
    /// <summary>Reads a recipe file.</summary>
    /// <param name="path">A JSON file; comments and trailing commas are allowed.</param>
    /// <param name="overrides">Dotted keys and JSON values that replace or add to the file's: <c>optimizer.clipNorm=1</c>, <c>patches.0.size=48</c>.</param>
    /// <exception cref="RecipeException">The file can't be read, or the recipe has faults; all are listed.</exception>
    public static Recipe Read(string path, IReadOnlyList<string>? overrides = null) => Parse(JsonText.Read(path), overrides, path);

    /// <summary>Reads a recipe from its JSON text.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static Recipe Parse(string json, IReadOnlyList<string>? overrides = null, string source = "recipe")
    {
        try
        {
            var tree = StrictJson.Parse(json);
            (tree as JsonObject)?.Remove("$schema");
            foreach (var assignment in overrides ?? [])
            {
                RecipeOverride.Apply(tree, assignment);
            }

            RecipeException.ThrowIfAny(source, StrictJson.Faults(tree, RecipeJson.Recipe));
            var recipe = tree.Deserialize(RecipeJson.Recipe) ?? throw new RecipeException($"{source}: expected an object, got null.");
            RecipeException.ThrowIfAny(source, RecipeValidator.Validate(recipe));
            return recipe;
        }
        catch (JsonException exception)
        {
            throw new RecipeException(JsonFault.Of(source, exception), exception);
        }
    }

    /// <summary>The resolved recipe as JSON: every option with its value, defaults included.</summary>
    public static string ToJson(Recipe recipe) => JsonSerializer.Serialize(recipe, RecipeJson.Recipe);
}
