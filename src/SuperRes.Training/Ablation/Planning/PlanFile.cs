using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>Reads and writes <c>plan.json</c>.</summary>
internal static class PlanFile
{
    private static readonly JsonTypeInfo<ExperimentPlan> Type = (JsonTypeInfo<ExperimentPlan>)RecipeJson.Options.GetTypeInfo(typeof(ExperimentPlan));

    /// <exception cref="TrainingException">The file is not whole.</exception>
    public static ExperimentPlan Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), Type)!;
        }
        catch (JsonException exception)
        {
            throw new TrainingException($"'{path}' is no plan: {exception.Message}. Put back a whole one. Before the first run is trained it can be removed instead, and the experiment is planned again.", exception);
        }
    }

    public static string ToJson(ExperimentPlan plan) => JsonSerializer.Serialize(plan, Type);
}
