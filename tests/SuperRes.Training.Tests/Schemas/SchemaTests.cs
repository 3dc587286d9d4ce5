using System.Text.Json;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Recipes;
using SuperRes.Training.Tests.Ablation;

namespace SuperRes.Training.Tests.Schemas;

/// <summary>
/// The committed schemas of recipes and experiments, which the commands print. With <c>SUPERRES_WRITE_SCHEMAS</c> set, they
/// are written anew.
/// </summary>
public sealed class SchemaTests : IDisposable
{
    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Create_Recipe_IsThatOfTheRecords() => Check("recipes/recipe.schema.json", SchemaText.Of(typeof(Recipe), "SuperRes recipe"), RecipeSchema.Create());

    [Fact]
    public void Create_Experiment_IsThatOfTheRecords() =>
        Check("recipes/experiments/experiment.schema.json", SchemaText.Of(typeof(Experiment), "SuperRes experiment"), ExperimentSchema.Create());

    [Fact]
    public void Create_Recipe_HasEveryKeyOfAResolvedOne() => CheckKeys(RecipeSchema.Create(), RecipeFile.ToJson(_data.Recipe(1)));

    [Fact]
    public void Create_Experiment_HasEveryKeyOfAResolvedOne() => CheckKeys(ExperimentSchema.Create(), ExperimentFile.ToJson(TinyExperiment.Create(_data)));

    [Fact]
    public void Create_EveryKey_IsDescribed()
    {
        Assert.All([RecipeSchema.Create(), ExperimentSchema.Create()], text =>
        {
            using var schema = JsonDocument.Parse(text);
            Assert.Equal(["$schema", "architecture", "kind"], Undescribed(schema.RootElement).Distinct().Order());
        });
    }

    [Fact]
    public void Create_Recipe_SaysDefaultsAndWords()
    {
        using var schema = JsonDocument.Parse(RecipeSchema.Create());
        var keys = schema.RootElement.GetProperty("properties");

        Assert.Equal(16, keys.GetProperty("batch").GetProperty("default").GetInt32());
        Assert.False(keys.GetProperty("steps").TryGetProperty("default", out _));
        Assert.Equal("Patches per step.", keys.GetProperty("batch").GetProperty("description").GetString());
        var validation = keys.GetProperty("validation").GetProperty("properties");
        Assert.Equal(["y", "rgb", "div2k", "paper"], validation.GetProperty("protocol").GetProperty("enum").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(
            "What the best checkpoint is chosen by. psnr: The highest mean PSNR. ssim: The highest mean SSIM, which says more of structure than of levels.",
            validation.GetProperty("best").GetProperty("description").GetString());
    }

    private static void Check(string committed, string records, string printed)
    {
        if (Environment.GetEnvironmentVariable("SUPERRES_WRITE_SCHEMAS") is { Length: > 0 })
        {
            File.WriteAllText(Path.Combine(Repository.Root, committed), records);
        }

        Assert.Equal(records, printed);
    }

    private static void CheckKeys(string schema, string resolved)
    {
        using var document = JsonDocument.Parse(schema);
        using var file = JsonDocument.Parse(resolved);

        Assert.All(file.RootElement.EnumerateObject(), key => Assert.True(document.RootElement.GetProperty("properties").TryGetProperty(key.Name, out _), key.Name));
        Assert.False(document.RootElement.GetProperty("additionalProperties").GetBoolean());
    }

    /// <summary>Keys whose schema has no description, anywhere below.</summary>
    private static IEnumerable<string> Undescribed(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Array => node.EnumerateArray().SelectMany(Undescribed),
        JsonValueKind.Object => node.EnumerateObject().SelectMany(entry => entry.Name == "properties"
            ? entry.Value.EnumerateObject().Where(key => !key.Value.TryGetProperty("description", out _)).Select(key => key.Name)
                .Concat(entry.Value.EnumerateObject().SelectMany(key => Undescribed(key.Value)))
            : entry.Name == "default" ? [] : Undescribed(entry.Value)),
        _ => [],
    };
}
