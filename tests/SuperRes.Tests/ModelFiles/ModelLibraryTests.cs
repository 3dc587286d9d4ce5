using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;

namespace SuperRes.Tests.ModelFiles;

public sealed class ModelLibraryTests : IDisposable
{
    private readonly TemporaryFolder _first = new();
    private readonly TemporaryFolder _second = new();
    private readonly ModelLibrary _library;

    public ModelLibraryTests()
    {
        _library = new ModelLibrary(_first["absent"], _first.Path, _second.Path);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void Load_OfANameInTwoFolders_TakesTheFirstFolders()
    {
        Save(_first["espcn-x2.safetensors"], new EspcnOptions { Scale = 2 }, 1);
        Save(_second["espcn-x2.safetensors"], new EspcnOptions { Scale = 2 }, 2);
        Save(_second["mine.safetensors"], new EspcnOptions { Scale = 3 }, 3);
        Assert.Equal(1UL, _library.Load("ESPCN-x2").Info.InitialSeed);
        Assert.Equal(3, _library.Load("mine").Options.Scale);
        Assert.Equal(["espcn-x2", "mine"], _library.Names);
    }

    [Fact]
    public void Load_OfANameWithCapitals_TakesItInAnyCase()
    {
        Save(_first["MyModel.safetensors"], new EspcnOptions { Scale = 2 }, 1);
        Assert.Equal(["MyModel"], _library.Names);
        Assert.All(["MyModel", "mymodel", "MYMODEL"], name => Assert.Equal(1UL, _library.Load(name).Info.InitialSeed));
        Assert.Equal(2, _library.Describe("MyModel").Options.Scale);
    }

    [Fact]
    public void Load_OfAFileThatSaysAnotherName_IsCalledByItsFile()
    {
        ModelFile.Save(Model.Initialize(new EspcnOptions { Scale = 2 }, 1, "photos"), _first["mine.safetensors"]);
        Assert.Equal(("mine", "mine"), (_library.Load("mine").Name, _library.Describe("MINE").Info!.Name));
        Assert.Equal("photos", _library.Load(_first["mine.safetensors"]).Name);
    }

    [Fact]
    public void Load_OfAPath_TakesTheFile()
    {
        Save(_first["sub.bin"], new EspcnOptions(), 4);
        Assert.Equal(4UL, new ModelLibrary().Load(_first["sub.bin"]).Info.InitialSeed);
    }

    [Fact]
    public void Load_OfAPathThatIsNotThere_SaysSo() =>
        Assert.Contains("no model file", Refused("folder/edsr-x4.safetensors"), StringComparison.Ordinal);

    [Fact]
    public void Load_OfACatalogueNameWithoutWeights_SaysHowToMakeSome() =>
        Assert.Contains("superres models init edsr-x4 --seed 1 -o edsr-x4.safetensors", Refused("edsr-x4"), StringComparison.Ordinal);

    [Fact]
    public void Load_OfAMisspeltName_SuggestsTheNearest()
    {
        Save(_first["anime-x4.safetensors"], new EspcnOptions(), 1);
        Assert.Contains("Did you mean 'edsr-x4'?", Refused("edrs-x4"), StringComparison.Ordinal);
        Assert.Contains("Did you mean 'anime-x4'?", Refused("anmie-x4"), StringComparison.Ordinal);
        Assert.Contains("superres models list", Refused("something"), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfASmallerScaleOfAPyramid_ReadsItOutOfTheLarger()
    {
        Save(_second["lapsrn-x4.safetensors"], new LapSrnOptions { Blocks = 1, Features = 4 }, 5);
        var model = _library.Load("lapsrn-x2");
        Assert.Equal((2, 5UL, "lapsrn-x2"), (model.Options.Scale, model.Info.InitialSeed!.Value, model.Name));
        Assert.Equal(_second["lapsrn-x4.safetensors"], _library.FileOf("lapsrn-x2"));
        Assert.Null(_library.FileOf("edsr-x4"));
    }

    [Fact]
    public void Load_OfASmallerScale_WhereTheFileOfThePyramidsNameHoldsAnotherNetwork_DoesNot()
    {
        Save(_second["lapsrn-x4.safetensors"], new EdsrOptions { Blocks = 1, Features = 4 }, 5);
        Refused("lapsrn-x2");
        Assert.Null(_library.FileOf("lapsrn-x2"));
        Assert.Equal((new LapSrnOptions { Scale = 2 }, null), _library.Describe("lapsrn-x2"));
    }

    [Fact]
    public void Load_OfASmallerScaleOfAnotherNetwork_DoesNot()
    {
        Save(_second["edsr-x4.safetensors"], new EdsrOptions { Blocks = 1, Features = 4 }, 5);
        Refused("edsr-x2");
    }

    [Fact]
    public void LoadOrInitialize_WithoutWeights_DrawsThem()
    {
        var model = _library.LoadOrInitialize("espcn-x3", seed: 9);
        Assert.Equal(("espcn-x3", 9UL), (model.Name, model.Info.InitialSeed!.Value));
        Assert.Empty(model.Weights.Differences(NetworkCatalogue.Find("espcn-x3").Options.BuildGraph()));
        Assert.Throws<ModelFileException>(() => _library.LoadOrInitialize("something"));
    }

    [Fact]
    public void Describe_TellsTheNetworkAndWhetherThereAreWeights()
    {
        Save(_first["mine.safetensors"], new EspcnOptions { Scale = 3 }, 3);
        Save(_second["lapsrn-x4.safetensors"], new LapSrnOptions { Blocks = 1, Features = 4 }, 5);

        var (mine, info) = _library.Describe("mine");
        Assert.Equal(new EspcnOptions { Scale = 3 }, mine);
        Assert.Equal(3UL, info!.InitialSeed);
        var (smaller, ofLarger) = _library.Describe("lapsrn-x2");
        Assert.Equal(new LapSrnOptions { Scale = 2, Blocks = 1, Features = 4 }, smaller);
        Assert.Equal(5UL, ofLarger!.InitialSeed);
        Assert.Equal((new EdsrOptions(), null), _library.Describe("edsr-x4"));
        Assert.Throws<ModelFileException>(() => _library.Describe("something"));
        Assert.Throws<ModelFileException>(() => _library.Describe("no/file"));
    }

    private string Refused(string name) => Assert.Throws<ModelFileException>(() => _library.Load(name)).Message;

    private static void Save(string path, NetworkOptions options, ulong seed) => ModelFile.Save(Model.Initialize(options, seed), path);
}
