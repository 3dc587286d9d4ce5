using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using SuperRes.ModelFiles;
using SuperRes.ModelFiles.Safetensors;
using SuperRes.Networks;
using SuperRes.Networks.Architectures;
using SuperRes.Tests.ModelFiles.Safetensors;
using SuperRes.Tests.Networks;

namespace SuperRes.Tests.ModelFiles;

public sealed class ModelFileTests
{
    private static readonly EdsrOptions SmallEdsr = new() { Blocks = 1, Features = 4, Scale = 2 };

    private static readonly ModelInfo Trained = new(
        "edsr-x2",
        "CC0-1.0",
        new TrainingProvenance("edsr-x2", "ab12", 300_000, ulong.MaxValue, ["photos, \"größer\""], "0.1.0+abc"),
        Scores: [new ModelScore("Set5", 2, "y", 37.99, 0.9604)]);

    public static TheoryData<string> Names => [.. NetworkCatalogue.Entries.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Save_OfEveryNetwork_LoadsBackBitForBit(string name)
    {
        var model = Model.Initialize(SmallNetworks.Of(NetworkCatalogue.Find(name).Options), seed: 3, name);
        var loaded = ModelFile.Load(new MemoryStream(Bytes(model)));
        Assert.Equal(model.Options, loaded.Options);
        Assert.Equal(name, loaded.Name);
        Assert.Equal(3UL, loaded.Info.InitialSeed);
        Assert.Equal(model.Graph.Parameters.Count, loaded.Weights.Names.Count);
        Assert.All(model.Graph.Parameters, parameter => Assert.Equal(
            model.Weights[parameter].Select(BitConverter.SingleToInt32Bits),
            loaded.Weights[parameter].Select(BitConverter.SingleToInt32Bits)));
    }

    [Fact]
    public void Save_OfATrainedModel_KeepsWhatIsKnownOfIt()
    {
        using var folder = new TemporaryFolder();
        ModelFile.Save(Trained2x(), folder["edsr.safetensors"]);
        var (options, info) = ModelFile.Describe(folder["edsr.safetensors"]);
        Assert.Equal(SmallEdsr, options);
        Assert.Equal(JsonSerializer.Serialize(Trained), JsonSerializer.Serialize(info));
        Assert.Equal(JsonSerializer.Serialize(Trained), JsonSerializer.Serialize(ModelFile.Load(folder["edsr.safetensors"]).Info));
    }

    [Fact]
    public void Save_Twice_GivesTheSameBytes() => Assert.Equal(Bytes(Trained2x()), Bytes(Trained2x()));

    [Fact]
    public void Save_ToADevice_LeavesItADevice()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /dev/null.");
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["model.safetensors"], "/dev/null");
        ModelFile.Save(Trained2x(), folder["model.safetensors"]);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.Equal("/dev/null", new FileInfo(folder["model.safetensors"]).LinkTarget);
        Assert.Empty(Directory.GetFiles("/dev", ".superres*"));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Save_OverAFile_KeepsItsPermissions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions.");
        using var folder = new TemporaryFolder();
        ModelFile.Save(Trained2x(), folder["model.safetensors"]);
        File.SetUnixFileMode(folder["model.safetensors"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ModelFile.Save(Trained2x(), folder["model.safetensors"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["model.safetensors"]));
    }

    [Fact]
    public void Save_OverAFile_ReplacesItAndLeavesNothingElse()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["model.safetensors"], "old");
        ModelFile.Save(Trained2x(), folder["model.safetensors"]);
        Assert.Equal([folder["model.safetensors"]], Directory.GetFiles(folder.Path));
        Assert.Equal("edsr-x2", ModelFile.Load(folder["model.safetensors"]).Name);
    }

    [Fact]
    public void Save_OfWeightsThatBecameNaN_LeavesTheOldFile()
    {
        using var folder = new TemporaryFolder();
        var model = Trained2x();
        model.Weights["head.bias"].Values[0] = float.NaN;
        File.WriteAllText(folder["model.safetensors"], "old");
        Assert.Throws<GraphException>(() => ModelFile.Save(model, folder["model.safetensors"]));
        Assert.Equal("old", File.ReadAllText(folder["model.safetensors"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Save_ToAFolderThatDoesNotExist_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<ModelFileException>(() => ModelFile.Save(Trained2x(), folder["none/model.safetensors"]));
        Assert.Contains("its folder does not exist. Make the folder first", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(30, double.NaN)]
    public void Save_OfAScoreThatIsNotFinite_NamesItAndLeavesNothing(double psnr, double ssim)
    {
        using var folder = new TemporaryFolder();
        var model = Trained2x();
        var scored = new Model(model.Options, model.Weights, model.Info with { Scores = [new ModelScore("Set5", 2, "y", psnr, ssim)] });
        var error = Assert.Throws<ArgumentException>(() => ModelFile.Save(scored, folder["model.safetensors"]));
        Assert.Contains("The score on Set5 x2", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Save_AsFloat16_HalvesTheFileAndRoundsToTheNearest()
    {
        var options = new SrResNetOptions { Blocks = 1, Features = 8 };
        var model = Model.Initialize(options, 1);
        model.Weights["tail.weight"].Values[0] = 1e5f;
        var bytes = Bytes(model, WeightPrecision.Float16);
        var loaded = ModelFile.Load(new MemoryStream(bytes));
        Assert.Equal(WeightPrecision.Float16, loaded.Info.Precision);
        Assert.Equal(model.Weights["head.conv.weight"].Values.Select(value => (float)(Half)value), loaded.Weights["head.conv.weight"].Values);
        // Statistics and what float16 can't hold stay as they are.
        Assert.Equal(1e5f, loaded.Weights["tail.weight"].Values[0]);
        Assert.Equal(model.Weights["tail.weight"].Values, loaded.Weights["tail.weight"].Values);
        var types = SafetensorsReader.Read(new MemoryStream(bytes), "model").Header.Entries.ToDictionary(entry => entry.Name, entry => entry.Type);
        Assert.Equal(WeightPrecision.Float32, types["body.0.bn1.running_var"]);
        Assert.Equal(WeightPrecision.Float16, types["body.0.bn1.weight"]);
    }

    [Fact]
    public void Load_FromAPipe_GivesTheModel() => Assert.Equal("edsr-x2", ModelFile.Load(new PipeStream(Bytes(Trained2x()))).Name);

    [Fact]
    public void Load_WithOptionsThatContradictTheWeights_ListsEveryDifference()
    {
        var error = Refused(Metadata(SmallEdsr with { Features = 8, Blocks = 2 }));
        Assert.Contains("'head.weight' is [4, 3, 3, 3], expected [8, 3, 3, 3]", error, StringComparison.Ordinal);
        Assert.Contains("'body.1.conv2.bias' [8] is missing", error, StringComparison.Ordinal);
        Assert.Contains("'tail.weight' is [3, 4, 3, 3], expected [3, 8, 3, 3]", error, StringComparison.Ordinal);
        Assert.DoesNotContain("'tail.bias'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AtAnotherScaleThanTheWeights_SaysWhatIsMissing() =>
        Assert.Contains("'upsample.1.conv.weight' [16, 4, 3, 3] is missing", Refused(Metadata(SmallEdsr with { Scale = 4 })), StringComparison.Ordinal);

    [Fact]
    public void Load_WithTensorsOfNoLayer_NamesThem() =>
        Assert.Contains("'body.0.conv1.weight' is not part of the network", Refused(Metadata(new EspcnOptions())), StringComparison.Ordinal);

    [Fact]
    public void Load_WithValuesThatAreNotFinite_SaysWhere()
    {
        var tensors = Tensors(Trained2x());
        tensors.Single(tensor => tensor.Item1 == "head.bias").Item2.Values[2] = float.PositiveInfinity;
        Assert.Contains("'head.bias' holds values that are not finite", Refused(Metadata(SmallEdsr), tensors), StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_OfANetworkThatTheTensorsAreNot_IsRefusedAsLoadingIs()
    {
        using var folder = new TemporaryFolder();
        var claims = Described(new EdsrOptions { Blocks = 256, Features = 1024 }, []);
        Assert.Contains("'head.weight' [1024, 3, 3, 3] is missing", claims, StringComparison.Ordinal);
        Assert.EndsWith("; and 1014 more.", claims, StringComparison.Ordinal);
        Assert.Contains("'head.weight' is [4, 3, 3, 3], expected [8, 3, 3, 3]", Described(SmallEdsr with { Features = 8 }, Tensors(Trained2x())), StringComparison.Ordinal);
        Assert.Contains("scale is 5, expected 2, 3, 4 or 8", Described(SmallEdsr with { Scale = 5 }, Tensors(Trained2x())), StringComparison.Ordinal);

        string Described(NetworkOptions options, (string, Tensor, WeightPrecision)[] tensors)
        {
            File.WriteAllBytes(folder["net.safetensors"], Written(Metadata(options), tensors));
            return Assert.Throws<ModelFileException>(() => ModelFile.Describe(folder["net.safetensors"])).Message;
        }
    }

    [Fact]
    public void Describe_OfTextThatATerminalWouldActOn_GivesItEscaped()
    {
        using var folder = new TemporaryFolder();
        const string Info = """{"name":"\u001b[31mred","dataLicence":"a\u0007b","training":{"recipe":"\u001b]0;","recipeHash":"","steps":1,"seed":1,"data":["\n"],"codeVersion":""}}""";
        File.WriteAllBytes(folder["net.safetensors"], Written(new(Metadata(SmallEdsr)) { ["superres.info"] = Info }, Tensors(Trained2x())));

        var (_, described) = ModelFile.Describe(folder["net.safetensors"]);

        Assert.Equal((@"\u001b[31mred", @"a\u0007b"), (described.Name, described.DataLicence));
        Assert.Equal((@"\u001b]0;", @"\u000a"), (described.Training!.Recipe, described.Training.Data[0]));
    }

    [Fact]
    public void Load_WithOptionsOutOfRange_SaysWhatIsExpected()
    {
        var error = Refused(Metadata(SmallEdsr with { Scale = 5, Features = 0 }));
        Assert.Contains("scale is 5, expected 2, 3, 4 or 8", error, StringComparison.Ordinal);
        Assert.Contains("features is 0", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"architecture":"edrs"}""", "'edsr'")]
    [InlineData("""{"architecture":"edsr","blokcs":2}""", "'blocks'")]
    [InlineData("""{"architecture":"edsr","blocks":"2"}""", "expected a whole number")]
    [InlineData("""{"scale":2}""", "'architecture' is missing")]
    [InlineData("edsr", "can't be read")]
    [InlineData("""{"architecture":"edsr","\ud800":1}""", "can't be read")]
    public void Load_WithAnUnreadableNetwork_SaysWhatIsWrong(string network, string expected) =>
        Assert.Contains(expected, Refused(new() { ["superres.format"] = "1", ["superres.network"] = network }), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"scores":[{"psnr":"high"}]}""")]
    [InlineData("""{"scores":[null]}""")]
    [InlineData("""{"training":{"recipe":"r","recipeHash":"h","steps":1,"seed":1,"data":[null],"codeVersion":"1"}}""")]
    public void Load_OfUnreadableInfo_IsRefused(string info) =>
        Assert.Contains("can't be read", Refused(new(Metadata(SmallEdsr)) { ["superres.info"] = info }), StringComparison.Ordinal);

    [Fact]
    public void Load_OfInfoWithANumberForAName_SaysWhere() =>
        Assert.Contains("('superres.info') in a way that can't be read: 'name' is of another kind", Refused(new(Metadata(SmallEdsr)) { ["superres.info"] = """{"name":5}""" }), StringComparison.Ordinal);

    [Fact]
    public void Load_OfInfoWithKeysOfANewerVersion_PassesThemOver()
    {
        var metadata = new Dictionary<string, string>(Metadata(SmallEdsr)) { ["superres.info"] = """{"name":"n","colour":{"a":[1]}}""", ["other"] = "x" };
        Assert.Equal("n", ModelFile.Load(new MemoryStream(Written(metadata, Tensors(Trained2x())))).Name);
    }

    [Fact]
    public void Load_OfANewerFormat_AsksToUpdate() =>
        Assert.Contains("format '2'", Refused(new(Metadata(SmallEdsr)) { ["superres.format"] = "2" }), StringComparison.Ordinal);

    [Fact]
    public void Load_OfSafetensorsWithoutANetwork_SaysWhatIsMissing() => Assert.Contains("no SuperRes model", Refused([]), StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Load_OfMutatedFiles_GivesAModelOrTheDomainException(int seed)
    {
        var random = new Random(seed);
        var valid = Bytes(Trained2x());
        var header = 8 + (int)BitConverter.ToInt64(valid);
        var refused = 0;
        for (var i = 0; i < 1_000; i++)
        {
            var bytes = (byte[])valid.Clone();
            for (var times = random.Next(1, 4); times > 0; times--)
            {
                bytes[random.Next(8, header)] = (byte)"\"\\{}[],:0189-aeux\u00c3"[random.Next(18)];
            }

            try
            {
                var model = ModelFile.Load(new MemoryStream(bytes));
                Assert.Empty(model.Weights.Differences(model.Graph));
            }
            catch (ModelFileException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 999);
    }

    private static Model Trained2x() => new(SmallEdsr, Weights.Initialize(SmallEdsr.BuildGraph(), 1), Trained);

    private static byte[] Bytes(Model model, WeightPrecision precision = WeightPrecision.Float32)
    {
        using var stream = new MemoryStream();
        ModelFile.Save(model, stream, precision);
        return stream.ToArray();
    }

    private static Dictionary<string, string> Metadata(NetworkOptions options) => new() { ["superres.format"] = "1", ["superres.network"] = options.ToJson() };

    private static (string, Tensor, WeightPrecision)[] Tensors(Model model) =>
        [.. model.Weights.Names.Select(name => (name, model.Weights[name], WeightPrecision.Float32))];

    private static byte[] Written(Dictionary<string, string> metadata, (string, Tensor, WeightPrecision)[] tensors)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    private static string Refused(Dictionary<string, string> metadata, (string, Tensor, WeightPrecision)[]? tensors = null) =>
        Assert.Throws<ModelFileException>(() => ModelFile.Load(new MemoryStream(Written(metadata, tensors ?? Tensors(Trained2x()))), "net.safetensors")).Message;
}
