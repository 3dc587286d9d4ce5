using SuperRes.Networks;
using SuperRes.Networks.Analysis;
using SuperRes.Networks.Architectures;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Tests.Ablation;

public sealed class PlannerTests : IDisposable
{
    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Plan_AControlOfCost_IsMeasuredToBeAsSlow()
    {
        var experiment = TinyExperiment.Create(_data, "networks.0.features=16", "variants=[{\"name\":\"none\"},{\"name\":\"CBAM\",\"attention\":{}},{\"name\":\"wider\",\"asSlowAs\":\"CBAM\"}]");

        var plan = new Planner(experiment, threads: 1, stepThreads: 1).Plan(_ => { }, TestContext.Current.CancellationToken);

        var control = plan.Arms[2];
        Assert.Null(control.Network.Attention);
        Assert.True(control.TimeRatio >= 1);
        Assert.True(control.MacsPerPixel > plan.Arms[0].MacsPerPixel);
        Assert.All(plan.Arms, arm => Assert.True(arm.StepMilliseconds > 0 && arm.EngineMilliseconds > 0));
    }

    [Fact]
    public void Plan_EqualMacs_GivesTheLargerNetworkFewerSteps()
    {
        var experiment = TinyExperiment.Create(_data, "budget={\"steps\":1000,\"kind\":\"macs\"}");

        var plan = new Planner(experiment, threads: 1, stepThreads: 1).Plan(_ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(1000, plan.Arms[0].Steps);
        var share = MacsPerPixel(plan.Arms[0].Network) / MacsPerPixel(plan.Arms[1].Network);
        Assert.Equal(Math.Round(1000 * share), plan.Arms[1].Steps);
        Assert.True(plan.Arms[1].Steps < 1000);
    }

    [Fact]
    public void Plan_EqualTime_GivesTheSlowerNetworkFewerSteps()
    {
        // Four times the features in two of three layers: several times the work.
        var experiment = TinyExperiment.Create(
            _data, "budget={\"steps\":1000,\"kind\":\"time\"}", "networks.0.features=16",
            "variants=[{\"name\":\"narrow\"},{\"name\":\"wide\",\"network\":{\"architecture\":\"espcn\",\"scale\":2,\"features\":64}}]");

        var plan = new Planner(experiment, threads: 1, stepThreads: 1).Plan(_ => { }, TestContext.Current.CancellationToken);

        Assert.Equal(1000, plan.Arms[0].Steps);
        Assert.InRange(plan.Arms[1].Steps, 30, 800);
    }

    [Fact]
    public void EngineTimer_NetworkOfFixedSize_GoesOverTheSameImage()
    {
        var transformer = new VitOptions { Scale = 2, WindowSize = 12, Dimension = 24, Depth = 2, Heads = 3, Features = 16 };
        var convolutions = new EspcnOptions { Scale = 2, Features = 8 };
        using EngineTimer windows = new(transformer, threads: 1), whole = new(convolutions, threads: 1);

        // More work for a pixel, and each pixel more than once; one window alone has a hundredth of the image's pixels.
        Assert.True(MacsPerPixel(transformer) > 2 * MacsPerPixel(convolutions));
        Assert.True(windows.RatioTo(whole) > 2);
    }

    [Fact]
    public void Plan_AgainstADiscriminator_TimesItsSteps()
    {
        // A discriminator of 64 features is many times the work of an ESPCN of 8; half of the steps have it.
        const string Discriminator = "training.adversarial={\"pretraining\":3,\"losses\":[{\"kind\":\"l1\"},{\"kind\":\"adversarial\"}],\"discriminator\":{\"features\":64}}";
        var without = TinyExperiment.Create(_data, "variants=[{\"name\":\"none\"}]");
        var with = TinyExperiment.Create(_data, "variants=[{\"name\":\"none\"}]", "budget.kind=\"time\"", Discriminator);

        var plans = new[] { without, with }.Select(experiment => new Planner(experiment, threads: 1, stepThreads: 1).Plan(_ => { }, TestContext.Current.CancellationToken)).ToArray();

        Assert.True(plans[1].Arms[0].StepMilliseconds > 2 * plans[0].Arms[0].StepMilliseconds, $"{plans[1].Arms[0].StepMilliseconds} ms and {plans[0].Arms[0].StepMilliseconds} ms");
    }

    [Fact]
    public void Cells_EveryCombination_HasItsOwnFolder()
    {
        var experiment = TinyExperiment.Create(_data, "scales=[2,3]", "dataShares=[0.34,1]");
        PlannedArm[] arms = [.. from network in CellRecipes.Bases(experiment) from variant in experiment.Variants select new PlannedArm
        {
            Base = network, Variant = variant.Name, Network = CellRecipes.NetworkOf(network, variant), Steps = 5, Parameters = 1, MacsPerPixel = 1, StepMilliseconds = 1, EngineMilliseconds = 1,
        }];

        var cells = CellRecipes.Cells(experiment, arms);

        // Two scales, two variants, two shares, two seeds.
        Assert.Equal(16, cells.Select(cell => cell.Name).Distinct().Count());
        Assert.Contains("espcn-8-x3-34-of-the-images.cbam.seed-2", cells.Select(cell => cell.Name));
        Assert.All(cells.Where(cell => cell.Name.Contains("34", StringComparison.Ordinal)), cell => Assert.Equal(0.34, cell.Recipe.Data.Train[0].Fraction));
    }

    [Theory]
    [InlineData("srresnet", "SRGAN 16x16 x2")]
    [InlineData("edsr", "EDSR GAN 16x16 x2")]
    public void Prototypes_AgainstADiscriminator_AreCalledSo(string architecture, string expected)
    {
        string[] network = [$"networks=[{{\"architecture\":\"{architecture}\",\"scale\":2,\"features\":16}}]", "variants=[{\"name\":\"none\"}]"];
        const string Discriminator = "training.adversarial={\"pretraining\":3,\"losses\":[{\"kind\":\"l1\"},{\"kind\":\"adversarial\"}]}";

        Assert.Equal($"{expected}, none", Assert.Single(CellRecipes.Prototypes(TinyExperiment.Create(_data, [.. network, Discriminator]))).Label);
        Assert.DoesNotContain("GAN", Assert.Single(CellRecipes.Prototypes(TinyExperiment.Create(_data, network))).Label, StringComparison.Ordinal);
    }

    [Fact]
    public void WithSteps_AgainstADiscriminator_KeepsTheShareOfPretraining()
    {
        var recipe = _data.Recipe(300) with { Adversarial = new AdversarialOptions { Pretraining = 200 } };

        Assert.Equal(100, CellRecipes.WithSteps(recipe, 150).Adversarial!.Pretraining);
        Assert.Null(CellRecipes.WithSteps(_data.Recipe(300), 150).Adversarial);
    }

    [Fact]
    public void WiderAndDeeper_ASixteenthOfTheFeaturesAndABlock()
    {
        var edsr = new EdsrOptions(Blocks: 8, Features: 32);
        NetworkOptions?[] larger =
        [
            NetworkSteps.Wider(edsr, 3), NetworkSteps.Deeper(edsr, 3), NetworkSteps.Wider(new EspcnOptions(), 2), NetworkSteps.Deeper(new LapSrnOptions(), 2), NetworkSteps.Wider(new LapSrnOptions(), 1),
        ];

        Assert.Equal(
            [new EdsrOptions(Blocks: 8, Features: 38), new EdsrOptions(Blocks: 11, Features: 32), new EspcnOptions(Features: 72), new LapSrnOptions(Blocks: 7), new LapSrnOptions(Features: 68)],
            larger);
        Assert.All(larger, network => Assert.Empty(network!.Validate()));
        Assert.Null(NetworkSteps.Deeper(new EspcnOptions(), 1));
    }

    [Theory]
    [InlineData(1.5, 0.1, 10, 32, 1.0)] // Width takes half as much again, depth just the time.
    [InlineData(1.02, 0.15, 8, 34, 1.02)]
    [InlineData(0.9, 0.1, 10, 32, 1.0)] // No width suffices.
    [InlineData(1.1, 0.01, 8, 34, 1.1)] // No depth suffices.
    public void Nearest_OfWidthAndDepth_TheOneNearerToTheTime(double ofWidth, double ofBlock, int blocks, int features, double expected)
    {
        var (network, ratio) = NetworkSteps.Nearest(
            new EdsrOptions(Blocks: 8, Features: 32), 4, network => network is EdsrOptions { Features: > 32 } ? ofWidth : 0.8 + (ofBlock * (((EdsrOptions)network).Blocks - 8)))!.Value;

        Assert.Equal(new EdsrOptions(Blocks: blocks, Features: features), network);
        Assert.Equal(expected, ratio, 12);
    }

    [Fact]
    public void Nearest_NothingTakesTheTime_IsNull() =>
        Assert.Null(NetworkSteps.Nearest(new EdsrOptions(Blocks: 8, Features: 32), 3, _ => 0.99));

    private static double MacsPerPixel(NetworkOptions network) => new GraphAnalysis(network.BuildGraph()).MacsPerInputPixel;
}
