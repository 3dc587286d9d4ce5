using SuperRes.Training.Recipes;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>The JSON schema of experiment files, for editors: every key with what it means, its type and its default.</summary>
public static class ExperimentSchema
{
    /// <summary>The schema as JSON text with a line feed at its end.</summary>
    public static string Create() => RecipeSchema.Read("experiment.schema.json");
}
