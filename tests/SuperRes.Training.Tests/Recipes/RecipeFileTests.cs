using SuperRes.Networks.Analysis;
using SuperRes.Networks.Architectures;
using SuperRes.Training.Losses;
using SuperRes.Training.Optimization;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Tests.Recipes;

public sealed class RecipeFileTests
{
    private const string Minimal = """
        {
          // A comment, and a trailing comma below.
          "name": "small", "steps": 1000,
          "network": { "architecture": "edsr", "scale": 4, "blocks": 2, "features": 16 },
          "data": { "train": [ { "path": "photos", "shrink": 2 } ] },
        }
        """;

    [Fact]
    public void Parse_OfAMinimalRecipe_HasTheDefaults()
    {
        var recipe = RecipeFile.Parse(Minimal);
        Assert.Equal(new EdsrOptions { Scale = 4, Blocks = 2, Features = 16 }, recipe.Network);
        Assert.Equal(16, recipe.Batch);
        Assert.IsType<L1Loss>(Assert.Single(recipe.Losses));
        Assert.Equal(2, recipe.Data.Train[0].Shrink);
    }

    [Fact]
    public void Parse_OfTextThatIsNoUnicode_SaysSo() =>
        Assert.Contains(
            "is no valid Unicode",
            Assert.Throws<RecipeException>(() => RecipeFile.Parse(Minimal.Insert(Minimal.IndexOf('{', StringComparison.Ordinal) + 1, "\"licence\": \"\\ud800\", "))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Parse_OfItsOwnJson_IsTheSame()
    {
        var recipe = RecipeFile.Parse(Minimal, ["losses=[{\"kind\":\"charbonnier\",\"epsilon\":0.01}]", "optimizer.learningRate={\"kind\":\"step\",\"every\":10}"]);
        Assert.Equal(new CharbonnierLoss { Epsilon = 0.01 }, recipe.Losses[0]);
        Assert.Equal(new StepDecaySchedule { Every = 10 }, recipe.Optimizer.LearningRate);
        var json = RecipeFile.ToJson(recipe);
        Assert.Equal(json, RecipeFile.ToJson(RecipeFile.Parse(json)));
    }

    [Fact]
    public void PatchSizeAt_SharesWhoseSumRounds_SwitchesAfterTheWholeShare()
    {
        // 0.1 + 0.7 is 0.7999999999999999.
        var recipe = RecipeFile.Parse(Minimal, ["steps=1000", "patches=[{\"size\":16,\"share\":0.1},{\"size\":24,\"share\":0.7},{\"size\":48,\"share\":0.2}]"]);

        Assert.Equal([16, 24, 24, 48], new long[] { 100, 101, 800, 801 }.Select(recipe.PatchSizeAt));
    }

    [Theory]
    [InlineData("steps=7", 7)]
    [InlineData("patches=[{\"size\":24,\"share\":0.5},{\"size\":48,\"share\":0.5}]", 1000)]
    [InlineData("adversarial=null", 1000)]
    [InlineData("initial=null", 1000)]
    public void Parse_WithOverride_Applies(string assignment, long steps) =>
        Assert.Equal(steps, RecipeFile.Parse(Minimal, [assignment]).Steps);

    [Theory]
    [InlineData("stepz=7", "'stepz' is not known; did you mean 'steps'?")]
    [InlineData("network.block=3", "'network.block' is not known; did you mean 'blocks'?")]
    [InlineData("network.architecture=esdr", "expected one of")]
    [InlineData("data.train.0.shrnk=2", "did you mean 'shrink'?")]
    [InlineData("optimizer.learningRate.kind=linear", "expected one of constant, step, cosine")]
    [InlineData("steps=0", "'steps' is 0, expected at least 1")]
    [InlineData("patches.0.size=1", "'patches[0].size' is 1")]
    [InlineData("steps", "expected key=value")]
    [InlineData("steps=many", "steps")]
    [InlineData("data.train.7.shrink=2", "leads nowhere")]
    [InlineData("validation=null", "'validation' is null, expected an object")]
    [InlineData("name=null", "'name' is null, expected a string")]
    [InlineData("losses=[null]", "'losses[0]' is null, expected an object")]
    [InlineData("patches=null", "'patches' is null, expected a list")]
    [InlineData("validation.protocol=rgbb", "'validation.protocol' is 'rgbb', expected one of y, rgb, div2k, paper; did you mean 'rgb'?")]
    [InlineData("validation.samples=-1", "'validation.samples' is -1")]
    [InlineData("validation.path=\"\"", "'validation.path' is empty")]
    [InlineData("data.train.0.path= ", "'data.train[0].path' is empty")]
    [InlineData("name=..", "'name' is '..', expected a name that can be a folder's")]
    [InlineData("optimizer={\"beta1\":0.9,\"beta1\":0.8}", "--set optimizer={\"beta1\":0.9,\"beta1\":0.8}: Duplicate property 'beta1'")]
    [InlineData("patches=[{\"size\":24]", "--set patches=[{\"size\":24]: ")]
    public void Parse_WithAFault_SaysWhich(string assignment, string expected)
    {
        var json = Minimal.Replace("\"steps\"", "\"patches\": [{}], \"optimizer\": {\"learningRate\": {\"kind\": \"cosine\"}}, \"steps\"", StringComparison.Ordinal);
        var error = Assert.Throws<RecipeException>(() => RecipeFile.Parse(json, [assignment]));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_WithSeveralFaults_ListsAll()
    {
        var error = Assert.Throws<RecipeException>(() => RecipeFile.Parse(Minimal, ["steps=0", "batch=0", "losses=[]"]));
        Assert.Contains("3 faults", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"name\": }", "'recipe', line 2, column 11: '}' is an invalid start of a value.")]
    [InlineData("{ \"name\": \"a\", \"name\": \"b\" }", "'recipe': Duplicate property 'name'")]
    [InlineData("{ \"name\": \"a\" }", "'steps'")]
    public void Parse_OfNoRecipe_SaysWhereAsEditorsCountAndWithoutTypes(string json, string expected)
    {
        var error = Assert.Throws<RecipeException>(() => RecipeFile.Parse(json));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SuperRes.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAMissingFile_NamesIt() =>
        Assert.Contains("nowhere.json", Assert.Throws<RecipeException>(() => RecipeFile.Read("nowhere.json")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 24)]
    [InlineData(500, 24)]
    [InlineData(501, 48)]
    [InlineData(1000, 48)]
    public void PatchSizeAt_WithTwoStages_Switches(long step, int expected) =>
        Assert.Equal(expected, RecipeFile.Parse(Minimal, ["patches=[{\"size\":24,\"share\":0.5},{\"size\":48,\"share\":0.5}]"]).PatchSizeAt(step));

    /// <summary>Four poolings, of which one leaves nothing of less.</summary>
    [Theory]
    [InlineData("conv54", 4, null)]
    [InlineData("conv54", 3, "'losses[1]' compares patches of 12 high-resolution pixels, and VGG-19's conv54 needs 16")]
    [InlineData("conv22", 3, null)]
    public void Parse_OfAVggLossOnSmallPatches_SaysWhatItNeeds(string layer, int scale, string? fault)
    {
        string[] set =
        [
            $"network.scale={scale}", "patches=[{\"size\":48,\"share\":0.5},{\"size\":4,\"share\":0.5}]",
            $"losses=[{{\"kind\":\"l1\"}},{{\"kind\":\"vgg\",\"file\":\"vgg19.pth\",\"layer\":\"{layer}\"}}]",
        ];
        if (fault is null)
        {
            Assert.Equal(2, RecipeFile.Parse(Minimal, set).Losses.Count);
            return;
        }

        Assert.Contains(fault, Assert.Throws<RecipeException>(() => RecipeFile.Parse(Minimal, set)).Message, StringComparison.Ordinal);
    }

    /// <summary>Each phase has losses and patches of its own.</summary>
    [Theory]
    [InlineData(500, false)]
    [InlineData(400, true)]
    public void Parse_OfAVggLossInTheAdversarialPhaseAlone_LooksAtItsPatches(long pretraining, bool isFault)
    {
        string[] all =
        [
            "network.scale=2", "patches=[{\"size\":5,\"share\":0.5},{\"size\":8,\"share\":0.5}]",
            $"adversarial={{\"pretraining\":{pretraining},\"losses\":[{{\"kind\":\"adversarial\"}},{{\"kind\":\"vgg\",\"file\":\"vgg19.pth\"}}]}}",
        ];
        if (!isFault)
        {
            Assert.Equal(pretraining, RecipeFile.Parse(Minimal, all).Adversarial!.Pretraining);
            return;
        }

        Assert.Contains("'adversarial.losses[1]' compares patches of 10", Assert.Throws<RecipeException>(() => RecipeFile.Parse(Minimal, all)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Vgg19Layer.Conv22)]
    [InlineData(Vgg19Layer.Conv54)]
    public void SmallestPatch_OfAVggLoss_IsWhatItsNetworkTakes(Vgg19Layer layer) => Assert.Equal(
        new GraphAnalysis(new Vgg19Options(layer).BuildGraph()).MinimumHeight, new VggLoss { File = "vgg19.pth", Layer = layer }.SmallestPatch);
}
