using SuperRes.Networks.Architectures;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Tests.Ablation;

public sealed class ExperimentFileTests : IDisposable
{
    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(null, "does not exist. Check the name.")]
    [InlineData(" ", "is empty, expected JSON.")]
    [InlineData("{ \"name\": \"a\"", "it ends before it is whole.")]
    public void Read_WhatIsNoWholeFile_IsSaidInWords(string? content, string expected)
    {
        var path = Path.Combine(_data.Folder, "experiment.json");
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }

        var error = Assert.Throws<RecipeException>(() => ExperimentFile.Read(path));

        Assert.Contains("experiment.json'", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Valid_IsTheTypedRecord()
    {
        var experiment = TinyExperiment.Create(_data, "budget.kind=time", "variants.1.attention.reduction=4", "seeds=[3,4,5]");

        Assert.Equal(new EspcnOptions(2, Features: 8), experiment.Networks[0]);
        Assert.Equal(4, experiment.Variants[1].Attention!.Reduction);
        Assert.Equal(new Budget(6, BudgetKind.Time), experiment.Budget);
        Assert.Equal([3UL, 4UL, 5UL], experiment.Seeds);
        Assert.Equal(0.999, experiment.Training.Optimizer.AverageDecay);
    }

    [Fact]
    public void Parse_WhatToJsonWrote_IsTheSame()
    {
        var json = ExperimentFile.ToJson(TinyExperiment.Create(_data));

        Assert.Equal(json, ExperimentFile.ToJson(ExperimentFile.Parse(json)));
    }

    [Fact]
    public void Parse_UnknownKeys_NamesThemAllWithTheNearest()
    {
        var error = Assert.Throws<RecipeException>(() => TinyExperiment.Create(_data, "seedz=[1]", "training.batchs=3", "budget.kind=\"stepz\""));

        Assert.Contains("3 faults", error.Message, StringComparison.Ordinal);
        Assert.Contains("'seedz' is not known; did you mean 'seeds'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("'training.batchs' is not known; did you mean 'batch'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected one of steps, time, macs", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seeds=[]", "'seeds' is empty")]
    [InlineData("training=null", "'training' is null, expected an object")]
    [InlineData("seeds=[1,1]", "has a seed twice")]
    [InlineData("networks=[]", "'networks' is empty")]
    [InlineData("networks.0.attention={}", "attention belongs into a variant")]
    [InlineData("variants.1.name=None", "can't be told apart")]
    [InlineData("variants.1.name=bicubic", "'variants[1].name' is 'bicubic', which stands for the interpolation")]
    [InlineData("variants.1.asSlowAs=none", "several of attention, asSlowAs and network")]
    [InlineData("variants=[{\"name\":\"none\"},{\"name\":\"wider\",\"asSlowAs\":\"wider\"}]", "'variants[1].asSlowAs' is 'wider', expected the name of a variant without asSlowAs")]
    [InlineData("variants=[{\"name\":\"a\",\"asSlowAs\":\"b\"},{\"name\":\"b\",\"asSlowAs\":\"none\"},{\"name\":\"none\"}]", "'variants[0].asSlowAs' is 'b'")]
    [InlineData("networks=[{\"architecture\":\"espcn\",\"scale\":2},{\"architecture\":\"espcn\",\"scale\":2,\"activation\":\"relu\"}]", "'ESPCN x2' is there 2 times")]
    [InlineData("networks=[{\"architecture\":\"edsr\",\"scale\":2},{\"architecture\":\"edsr\",\"scale\":2,\"residualScale\":0.1}]", "'EDSR x2' is there 2 times")]
    [InlineData("dataShares=[0.5,0.50001]", "'ESPCN 8 x2, 50 % of the images' is there 2 times")]
    [InlineData("questions=[{\"variant\":\"CBAMM\",\"against\":\"none\"}]", "did you mean 'CBAM'?")]
    [InlineData("questions=[{\"variant\":\"CBAM\",\"against\":\"CBAM\"}]", "with itself")]
    [InlineData("questions=[{\"variant\":\"none\",\"against\":\"CBAM\"},{\"variant\":\"CBAM\",\"against\":\"none\"}]", "'CBAM' and 'none' 2 times")]
    [InlineData("name=..", "'name' is '..'")]
    [InlineData("dataShares=[0.5,2]", "'dataShares[1]' is 2")]
    [InlineData("budget.steps=0", "'budget.steps' is 0")]
    [InlineData("protocol=Y2", "did you mean 'y'?")]
    [InlineData("test=[]", "'test' is empty")]
    [InlineData("test.0.path=", "'test[0].path' is empty")]
    [InlineData("scales=[2,5]", "scale is 5")]
    [InlineData("training.batch=0", "'batch' is 0")]
    [InlineData("training.adversarial={\"pretraining\":9}", "pretraining")]
    [InlineData("search={\"learningRate\":[1]}", "'search.learningRate' is no range")]
    [InlineData("search={\"trials\":4}", "'search' has nothing to draw")]
    [InlineData("variants.1.learningRate=0", "CBAM: 'optimizer.learningRate': initial is 0")]
    public void Parse_AFault_IsSaid(string assignment, string expected) =>
        Assert.Contains(expected, Assert.Throws<RecipeException>(() => TinyExperiment.Create(_data, assignment)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("search={\"learningRate\":[1e-8,1e-3]}", "none, as 'search' may draw it (learning rate 1E-08; 6 steps): 'optimizer.learningRate': final is 1E-07")]
    [InlineData("search={\"learningRate\":[1e-3,2]}", "(learning rate 2; 6 steps): 'optimizer.learningRate': initial is 2")]
    [InlineData("search={\"reduction\":[2,4],\"batch\":[1,2]}; variants.1={\"name\":\"other\"}", "'search.reduction' is drawn for no variant")]
    [InlineData("search={\"placement\":[\"blockEnd\"]}; variants.1={\"name\":\"other\"}", "'search.placement' is drawn for no variant")]
    [InlineData("search={\"reduction\":[4,2000]}", "CBAM, as 'search' may draw it (reduction 2000, placement BlockEnd; 6 steps): 'network': attention.reduction is 2000")]
    public void Parse_WhatASearchMayDrawHasAFault_IsSaid(string search, string expected) =>
        Assert.Contains(expected, Assert.Throws<RecipeException>(() => TinyExperiment.Create(_data, ["seeds=[1]", .. search.Split("; ")])).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_ASearchForALearningRateThatNoStepHas_IsSaid()
    {
        const string Adversarial = "training.adversarial={\"pretraining\":0,\"losses\":[{\"kind\":\"l1\"},{\"kind\":\"adversarial\"}]}";

        var error = Assert.Throws<RecipeException>(() => TinyExperiment.Create(_data, "seeds=[1]", Adversarial, "search={\"learningRate\":[1e-4,1e-3]}"));

        Assert.Contains("'adversarial.pretraining' is 0, and 'search.learningRate' is for the steps before", error.Message, StringComparison.Ordinal);
        Assert.NotNull(TinyExperiment.Create(_data, "seeds=[1]", Adversarial, "search={\"batch\":[2,4]}"));
    }

    [Theory]
    [InlineData("search={\"learningRate\":[1e-4,1e-3]}", "'variants[1].learningRate' is set, and 'search.learningRate' draws one")]
    [InlineData("training.adversarial={\"pretraining\":0,\"losses\":[{\"kind\":\"l1\"},{\"kind\":\"adversarial\"}]}", "'variants[1].learningRate' is for the steps before the discriminator")]
    public void Parse_AVariantsLearningRateThatNoStepHas_IsSaid(string change, string expected)
    {
        var error = Assert.Throws<RecipeException>(() => TinyExperiment.Create(_data, "seeds=[1]", "variants.1.learningRate=5e-4", change));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ASearchWhoseShortestRunsHaveNoSecondPhase_IsSaid()
    {
        // Halving four trials of 6 steps begins with 2 steps, of which 5 in 6 are before the discriminator: all of them.
        const string Adversarial = "training.adversarial={\"pretraining\":5,\"losses\":[{\"kind\":\"l1\"},{\"kind\":\"adversarial\"}]}";

        var error = Assert.Throws<RecipeException>(() => TinyExperiment.Create(_data, "seeds=[1]", Adversarial, "search={\"kind\":\"halving\",\"trials\":4,\"keep\":2,\"batch\":[2,4]}"));

        Assert.Contains("2 steps): 'adversarial.pretraining' is 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ScalesThatNetworksHaveToo_AreSaid()
    {
        var error = Assert.Throws<RecipeException>(() => TinyExperiment.Create(
            _data, "networks=[{\"architecture\":\"espcn\",\"scale\":2},{\"architecture\":\"espcn\",\"scale\":4}]", "scales=[2,4]"));

        Assert.Contains("'ESPCN x2' is there 2 times", error.Message, StringComparison.Ordinal);
        Assert.Contains("'ESPCN x4' is there 2 times", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AControlThatCantGrow_IsSaid()
    {
        var error = Assert.Throws<RecipeException>(() => TinyExperiment.Create(
            _data, "networks=[{\"architecture\":\"srcnn\",\"scale\":2}]", "variants.0={\"name\":\"wider\",\"asSlowAs\":\"CBAM\"}"));

        Assert.Contains("srcnn, which has neither width nor depth", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Committed() =>
        new(Directory.EnumerateFiles(Repository.Recipes, "*.json", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".schema.json", StringComparison.Ordinal) && File.ReadAllText(path).Contains("\"variants\"", StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(Repository.Root, path)));

    [Theory]
    [MemberData(nameof(Committed))]
    public void Read_ACommittedExperiment_IsValid(string path)
    {
        var experiment = ExperimentFile.Read(Path.Combine(Repository.Root, path));

        // Test sets are for testing: no set of the field may be trained or tuned on.
        string[] trained = [.. experiment.Training.Data.Train.Select(source => source.Path)];
        Assert.DoesNotContain(trained, source => source.Contains("Set5", StringComparison.Ordinal) || source.Contains("Set14", StringComparison.Ordinal) || source.Contains("DIV2K_valid", StringComparison.Ordinal));
        Assert.Equal("0801..0850", experiment.Training.Validation.Names);
    }
}
