using System.Text.Json.Serialization.Metadata;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Ablation.Experiments;

/// <summary>Experiments are written as recipes are.</summary>
internal static class ExperimentJson
{
    public static JsonTypeInfo<Experiment> Experiment { get; } = (JsonTypeInfo<Experiment>)RecipeJson.Options.GetTypeInfo(typeof(Experiment));
}
