using System.Text.Json;
using System.Text.Json.Nodes;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>Reads and writes experiments: JSON, then a typed record, then <c>key=value</c> overrides, then every fault at once.</summary>
public static class ExperimentFile
{
    /// <summary>Reads an experiment file.</summary>
    /// <param name="path">A JSON file; comments and trailing commas are allowed.</param>
    /// <param name="overrides">Dotted keys and JSON values that replace or add to the file's: <c>budget.steps=4000</c>, <c>seeds=[1,2,3]</c>.</param>
    /// <exception cref="RecipeException">The file can't be read, or the experiment has faults; all are listed.</exception>
    public static Experiment Read(string path, IReadOnlyList<string>? overrides = null) => Parse(JsonText.Read(path), overrides, path);

    /// <summary>Reads an experiment from its JSON text.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static Experiment Parse(string json, IReadOnlyList<string>? overrides = null, string source = "experiment")
    {
        try
        {
            var tree = StrictJson.Parse(json);
            (tree as JsonObject)?.Remove("$schema");
            foreach (var assignment in overrides ?? [])
            {
                RecipeOverride.Apply(tree, assignment);
            }

            RecipeException.ThrowIfAny(source, StrictJson.Faults(tree, ExperimentJson.Experiment));
            var experiment = tree.Deserialize(ExperimentJson.Experiment) ?? throw new RecipeException($"{source}: expected an object, got null.");
            RecipeException.ThrowIfAny(source, ExperimentValidator.Validate(experiment));
            return experiment;
        }
        catch (JsonException exception)
        {
            throw new RecipeException(JsonFault.Of(source, exception), exception);
        }
    }

    /// <summary>The resolved experiment as JSON: every option with its value, defaults included.</summary>
    public static string ToJson(Experiment experiment) => JsonSerializer.Serialize(experiment, ExperimentJson.Experiment);
}
