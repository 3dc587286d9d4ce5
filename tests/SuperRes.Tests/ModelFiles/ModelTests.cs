using SuperRes.Engine.Reference;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Tests.Networks;

namespace SuperRes.Tests.ModelFiles;

public sealed class ModelTests
{
    private static readonly LapSrnOptions SmallLapSrn = new() { Scale = 8, Blocks = 1, Features = 4 };

    [Fact]
    public void AtScale_OfAPyramid_GivesTheResultOnTheWay()
    {
        var model = Model.Initialize(SmallLapSrn, 1, "pyramid");
        Assert.Equal([2, 4, 8], model.Scales);
        var half = model.AtScale(4);
        Assert.Equal((4, "pyramid@x4"), (half.Options.Scale, half.Name));
        var picture = Pictures.Random(1, 3, 3, 4);
        Assert.Equal(
            new ReferenceExecutor(model.Graph, model.Weights).Run(picture).Outputs["x4"].Values,
            new ReferenceExecutor(half.Graph, half.Weights).Run(picture).Output.Values);
    }

    [Fact]
    public void AtScale_OfAPyramid_KeepsTheScoresOfThatScale()
    {
        ModelInfo info = new(Scores: [new("Set5", 2, "y", 37, 0.95), new("Set5", 8, "y", 26, 0.7)]);
        var model = new Model(SmallLapSrn, Weights.Initialize(SmallLapSrn.BuildGraph(), 1), info);
        Assert.Equal(37, Assert.Single(model.AtScale(2).Info.Scores!).Psnr);
    }

    [Fact]
    public void Blend_OfTwoTrainings_LiesBetweenThem()
    {
        var options = new EspcnOptions { Features = 4 };
        var graph = options.BuildGraph();
        Model one = new(options, Weights.Initialize(graph, 1), new ModelInfo("one", "CC0-1.0")), two = new(options, Weights.Initialize(graph, 2), new ModelInfo("two", "MIT"));

        var blend = one.Blend(two, 0.25);

        var parameter = graph.Parameters[0];
        Assert.Equal((0.75 * one.Weights[parameter][3]) + (0.25 * two.Weights[parameter][3]), blend.Weights[parameter][3], 1e-7);
        Assert.Equal(new ModelInfo("one+two", "CC0-1.0; MIT", Blend: new ModelBlend("one", "two", 0.25)), blend.Info);
        Assert.All(graph.Parameters, each => Assert.Equal(one.Weights[each], one.Blend(two, 0).Weights[each]));
        Assert.All(graph.Parameters, each => Assert.Equal(two.Weights[each], one.Blend(two, 1).Weights[each]));
    }

    [Fact]
    public void Blend_OfOtherNetworksOrUnknownData_SaysSo()
    {
        var (one, wide) = (Model.Initialize(new EspcnOptions { Features = 4 }, 1), Model.Initialize(new EspcnOptions { Features = 8 }, 1));

        Assert.Contains("these are of two", Assert.Throws<GraphException>(() => one.Blend(wide, 0.5)).Message, StringComparison.Ordinal);
        Assert.Null(one.Blend(one, 0.5).Info.DataLicence);
        Assert.Throws<ArgumentOutOfRangeException>(() => one.Blend(one, 1.5));
    }

    [Fact]
    public void AtScale_OfItsOwn_IsTheModel()
    {
        var model = Model.Initialize(SmallLapSrn, 1);
        Assert.Same(model, model.AtScale(8));
    }

    [Fact]
    public void AtScale_OfANetworkWithOneResult_IsRefused()
    {
        // EDSR at x2 has layers of the same names and shapes, and they mean something else there.
        var model = Model.Initialize(new EdsrOptions { Blocks = 1, Features = 4 }, 1);
        Assert.Equal([4], model.Scales);
        Assert.Contains("only at x4", Assert.Throws<GraphException>(() => model.AtScale(2)).Message, StringComparison.Ordinal);
        Assert.Throws<GraphException>(() => Model.Initialize(SmallLapSrn, 1).AtScale(3));
    }

    [Fact]
    public void Model_WithWeightsOfAnotherNetwork_ListsTheDifferences()
    {
        var weights = Weights.Initialize(new EspcnOptions { Scale = 2 }.BuildGraph(), 1);
        var error = Assert.Throws<GraphException>(() => new Model(new EspcnOptions { Scale = 3 }, weights));
        Assert.Contains("'conv3.weight' is [12, 32, 3, 3], expected [27, 32, 3, 3]", error.Message, StringComparison.Ordinal);
        Assert.Contains("'conv3.bias' is [12], expected [27]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_WithoutOne_TellsTheNetwork() =>
        Assert.Equal("espcn-cbam-x3", Model.Initialize(new EspcnOptions { Scale = 3, Attention = new CbamOptions() }, 1).Name);
}
