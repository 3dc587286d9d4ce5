using SuperRes.Training.Recipes;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>The JSON schema of experiment files, for editors: made from the records that the loader reads into.</summary>
public static class ExperimentSchema
{
    /// <summary>The schema as JSON text with a line feed at its end.</summary>
    public static string Create() => SchemaText.Of(typeof(Experiment), "SuperRes experiment");
}
