using SuperRes.Networks.Architectures;
using SuperRes.Training.Losses;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Tests.Recipes;

public sealed class CommittedRecipeTests : IDisposable
{
    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    public static TheoryData<string> Committed() =>
        new(Directory.EnumerateFiles(Repository.Recipes, "*.json", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".schema.json", StringComparison.Ordinal) && !File.ReadAllText(path).Contains("\"variants\"", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Recipes, path).Replace('\\', '/')).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Committed))]
    public async Task Read_ACommittedRecipe_IsValidAndTrainsWhenShrunken(string name)
    {
        var path = Path.Combine(Repository.Recipes, name);
        var recipe = RecipeFile.Read(path);

        Assert.Equal(name.Replace("/", "-", StringComparison.Ordinal), recipe.Name + ".json");
        Assert.Contains("recipe.schema.json", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.All(recipe.Data.Train, source => Assert.DoesNotContain("valid", source.Path, StringComparison.Ordinal));
        Assert.All(recipe.Data.Train, source => Assert.DoesNotContain("Set", source.Path, StringComparison.Ordinal));
        Assert.All(recipe.Data.Train.Where(source => source.Path.Contains("photos_cc0", StringComparison.Ordinal)), source => Assert.Contains("roman-colosseum", source.Except));

        var run = await TrainingRun.ExecuteAsync(Shrunken(recipe), _data.Run("a"), new() { Threads = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.All(run.Metrics, metrics => Assert.True(double.IsFinite(metrics.Loss)));
        Assert.Equal(recipe.Adversarial is null ? 1 : 2, run.Metrics[^1].Step);
    }

    [Fact]
    public void Committed_Recipes_AreThoseOfThePaperAndOfEveryScale()
    {
        string[] names = [.. Committed().Select(row => (string)row.Data)];
        Assert.All(
            from architecture in new[] { "edsr", "srresnet", "srgan", "espcn", "lapsrn" } from attention in new[] { "", "-cbam" } select $"paper/{architecture}{attention}-x4.json",
            name => Assert.Contains(name, names));
        Assert.Contains("paper/vit-x4.json", names);
        Assert.All(new[] { 2, 3, 4, 8 }, scale => Assert.Contains($"edsr-x{scale}.json", names));
    }

    /// <summary>The same recipe, small enough to be trained in a moment; every other option is as committed.</summary>
    private Recipe Shrunken(Recipe recipe)
    {
        var scale = recipe.Network.Scale;
        var (patch, network) = recipe.Network switch
        {
            EdsrOptions edsr => (8, edsr with { Blocks = 1, Features = 16 }),
            SrResNetOptions srresnet => (8, srresnet with { Blocks = 1, Features = 16 }),
            LapSrnOptions lapsrn => (4, lapsrn with { Blocks = 1, Features = 16 }),
            VitOptions vit => (8, (Networks.NetworkOptions)(vit with { WindowSize = 8, Dimension = 12, Depth = 1, Features = 16 })),
            var other => (4, other),
        };
        return recipe with
        {
            Network = network,
            Data = recipe.Data with { Train = [.. recipe.Data.Train.Select(source => source with { Path = _data.Folder, Names = null, Except = [], Shrink = 1 })] },
            Steps = recipe.Adversarial is null ? 1 : 2,
            Batch = 2,
            Patches = [.. recipe.Patches.Select(stage => stage with { Size = Math.Max(4, patch * 2 / Math.Max(2, scale / 2)) })],
            Initial = null,
            Validation = recipe.Validation with { Path = null },
            Adversarial = recipe.Adversarial is not { } adversarial ? null : adversarial with
            {
                Pretraining = 1,
                Losses = [.. adversarial.Losses.Where(loss => loss is not VggLoss)],
                Discriminator = adversarial.Discriminator with { Features = 4, DenseUnits = 8 },
            },
        };
    }
}
