using System.Text.Json;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Tests.Networks;

public sealed class NetworkOptionsJsonTests
{
    private static readonly NetworkOptions[] Unusual =
    [
        new EdsrOptions { Scale = 2, Blocks = 32, Features = 256, ResidualScale = 0.1f, Attention = new CbamOptions { Reduction = 16, MlpBatchNorm = true, SpatialKernel = 3 } },
        new SrResNetOptions { Scale = 8, Blocks = 5, Features = 24, Attention = new CbamOptions { Channel = false, Order = CbamOrder.SpatialFirst } },
        new EspcnOptions { Scale = 3, Activation = EspcnActivation.Tanh, Attention = new CbamOptions { Spatial = false, GateInput = CbamGateInput.Constant, Gain = 2 } },
        new LapSrnOptions { Scale = 8, Blocks = 3, Features = 32, Attention = new CbamOptions { Placement = CbamPlacement.TailOnly } },
        new SrcnnOptions { MiddleKernel = 5 },
        new VdsrOptions { Layers = 10, Features = 48 },
        new VitOptions { WindowSize = 24, Patch = 4, Dimension = 64, Depth = 2, Heads = 4, MlpRatio = 2, Features = 16 },
    ];

    public static TheoryData<NetworkOptions> AllOptions => [.. Unusual, .. NetworkCatalogue.Entries.Select(entry => entry.Options)];

    [Theory]
    [MemberData(nameof(AllOptions), DisableDiscoveryEnumeration = true)]
    public void FromJson_OfToJson_IsEqual(NetworkOptions options) =>
        Assert.Equal(options, NetworkOptions.FromJson(options.ToJson()));

    [Fact]
    public void ToJson_IsTheFormThatFilesCarry() =>
        Assert.Equal(
            """{"architecture":"edsr","scale":2,"blocks":32,"features":256,"residualScale":0.1,"attention":{"reduction":16,"mlpBatchNorm":true,"spatialKernel":3,"channel":true,"spatial":true,"order":"channelFirst","placement":"blockEnd","gateInput":"features","gain":1}}""",
            Unusual[0].ToJson());

    /// <summary>The reader's code is generated, and would give zero for a property that is not a parameter with a default.</summary>
    [Theory]
    [MemberData(nameof(AllOptions), DisableDiscoveryEnumeration = true)]
    public void FromJson_OfTheArchitectureAlone_HasItsDefaults(NetworkOptions options) =>
        Assert.Equal(
            options.GetType().GetConstructors().Single().Invoke([.. DefaultsOf(options.GetType())]),
            NetworkOptions.FromJson($$"""{"architecture":"{{options.Architecture}}"}"""));

    [Fact]
    public void FromJson_OfEmptyAttention_HasItsDefaults() =>
        Assert.Equal(new CbamOptions(), NetworkOptions.FromJson("""{"architecture":"edsr","attention":{}}""").Attention);

    private static IEnumerable<object?> DefaultsOf(Type type) =>
        type.GetConstructors().Single().GetParameters().Select(parameter => parameter.DefaultValue);

    [Fact]
    public void FromJson_WithCommentsAnyOrderAndDefaults_ReadsThem() =>
        Assert.Equal(
            new EdsrOptions { Scale = 3 },
            NetworkOptions.FromJson("""{ "scale": 3, /* the baseline */ "architecture": "edsr", }"""));

    [Theory]
    [InlineData("""{"architecture":"edsr","blokcs":8,"feature":3}""", "'blokcs' is not known; did you mean 'blocks'?", "'feature' is not known; did you mean 'features'?")]
    [InlineData("""{"architecture":"edsr","attention":{"placment":"blockEnd"}}""", "'attention.placment' is not known; did you mean 'placement'?", "")]
    [InlineData("""{"architecture":"esdr"}""", "'architecture' is \"esdr\", expected one of edsr, srresnet", "did you mean 'edsr'?")]
    [InlineData("""{"scale":4}""", "'architecture' is missing, expected one of edsr, srresnet", "")]
    [InlineData("""{"architecture":"edsr","blocks":"many"}""", "'blocks' is \"many\", expected a whole number", "")]
    [InlineData("""{"architecture":"edsr","scale":4.5,"attention":{"order":"first"}}""", "'scale' is 4.5, expected a whole number", "'attention.order' is \"first\", expected one of channelFirst, spatialFirst")]
    [InlineData("""{"architecture":"edsr","attention":true}""", "'attention' is true, expected an object", "")]
    [InlineData("""{"architecture":"edsr","blocks":1,"blocks":2}""", "blocks", "uplicate")]
    [InlineData("""{"architecture":"espcn","activation":1}""", "'activation' is 1, expected one of relu, tanh", "")]
    [InlineData("""null""", "document is null, expected an object", "")]
    [InlineData("""[]""", "document is [], expected an object", "")]
    [InlineData("""{"architecture":""", "", "")]
    public void FromJson_WithFaults_NamesThem(string json, string first, string second)
    {
        var error = Assert.ThrowsAny<JsonException>(() => NetworkOptions.FromJson(json));
        Assert.Contains(first, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(second, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void FromJson_OfOptionsThatJsonLeavesOut_RefusesThem() =>
        Assert.ThrowsAny<JsonException>(() => NetworkOptions.FromJson("""{"architecture":"edsr","scales":[2]}"""));
}
