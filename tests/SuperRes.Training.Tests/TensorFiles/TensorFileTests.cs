using System.IO.Compression;
using SuperRes.ModelFiles;
using SuperRes.ModelFiles.Safetensors;
using SuperRes.Networks;
using SuperRes.Training.TensorFiles;

namespace SuperRes.Training.Tests.TensorFiles;

public sealed class TensorFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("superres-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Formats => ["archive", "stream"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_OfAFileThatPythonPickled_HasItsTensors(string format)
    {
        var tensors = TensorFile.Read(Write(Fixture(format)), name => !name.EndsWith("ignored", StringComparison.Ordinal));

        Assert.Equal(["features.0.bias", "features.0.turned", "features.0.weight"], tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([2, 3], tensors["features.0.weight"].Shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], tensors["features.0.weight"].Values);
        Assert.Equal([1f, 4, 2, 5, 3, 6], tensors["features.0.turned"].Values);
        Assert.Equal([0.5f, -0.25f], tensors["features.0.bias"].Values);
    }

    [Fact]
    public void Read_OfSafetensors_HasItsTensors()
    {
        var path = Path.Combine(_folder, "a.safetensors");
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, [("a", new Tensor([2], [1, 2]), WeightPrecision.Float32), ("b", new Tensor([1], [3]), WeightPrecision.Float32)], new Dictionary<string, string>()));

        Assert.Equal([1f, 2], Assert.Single(TensorFile.Read(path, name => name == "a")).Value.Values);
    }

    /// <summary>PyTorch's batch norm keeps one as a whole number of 64 bits.</summary>
    [Fact]
    public void Read_OfSafetensorsWithWholeNumbers_LeavesThemOut()
    {
        const string Header = """{"bn.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"other":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},"weight":{"dtype":"F32","shape":[1],"data_offsets":[16,20]}}""";
        var path = Path.Combine(_folder, "torch.safetensors");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((ulong)Header.Length), .. System.Text.Encoding.UTF8.GetBytes(Header), .. BitConverter.GetBytes(7L), .. new byte[8], .. BitConverter.GetBytes(2.5f)]);

        Assert.Equal([2.5f], Assert.Single(TensorFile.Read(path, name => name != "other")).Value.Values);
        Assert.Equal(["other", "weight"], TensorFile.Read(path, _ => true).Keys.Order(StringComparer.Ordinal));
        Assert.Contains("stores 'bn.num_batches_tracked' as 'I64'", Assert.Throws<ModelFileException>(() => ModelFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAPickleThatCallsAFunction_RefusesAndNamesIt()
    {
        var error = Assert.Throws<TrainingException>(() => TensorFile.Read(Write(TorchFixtures.Evil), _ => true));
        Assert.Contains("'posix.system'", error.Message, StringComparison.Ordinal);
        Assert.Contains("nothing of it was run", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_OfAMutatedFile_ReadsTensorsOrSaysWhy(string format)
    {
        var whole = Fixture(format);
        var random = new Random(5);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 1500; i++)
        {
            var bytes = (byte[])whole.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(bytes[random.Next(bytes.Length)] ^ (1 << random.Next(8)));
            }

            bytes = i % 5 == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
            try
            {
                var tensors = TensorFile.Read(Write(bytes), _ => true);
                Assert.All(tensors.Values, tensor => Assert.Equal(tensor.Shape.Aggregate(1, (product, size) => product * size), tensor.Values.Length));
                read++;
            }
            catch (TrainingException exception)
            {
                Assert.NotEmpty(exception.Message);
                refused++;
            }
        }

        Assert.True(read > 50 && refused > 200, $"{read} were read and {refused} refused");
    }

    [Theory]
    [InlineData(new[] { 1, 2 }, new[] { 0, 1 }, 2)]
    [InlineData(new[] { 2, 1 }, new[] { 1, 0 }, 2)]
    [InlineData(new[] { 2, 2 }, new[] { 0, 1 }, 4)]
    public void Read_OfATensorWithStridesOfZero_HasIt(int[] shape, int[] strides, int storage)
    {
        var tensors = TensorFile.Read(Write(PickledFiles.Archive([("a", storage, shape, strides)])), _ => true);

        Assert.Equal(shape, Assert.Single(tensors).Value.Shape);
    }

    [Fact]
    public void Read_OfATensorThatRepeatsItsStorage_SaysSo()
    {
        var error = Assert.Throws<TrainingException>(() => TensorFile.Read(Write(PickledFiles.Archive([("a", 2, [1000, 2], [0, 1])])), _ => true));
        Assert.Contains("a tensor of shape [1000, 2] repeats its storage of 2 values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfOneStorageUnderManyNames_ReadsAFewAndRefusesThousands()
    {
        (string Name, int Storage, int[] Shape, int[] Strides)[] shared = [.. Enumerable.Range(0, 1000).Select(i => ($"{i}", 50_000, new[] { 50_000 }, new[] { 1 }))];

        Assert.Equal(20, TensorFile.Read(Write(PickledFiles.Archive(shared[..20])), _ => true).Count);
        var error = Assert.Throws<TrainingException>(() => TensorFile.Read(Write(PickledFiles.Archive(shared)), _ => true));
        Assert.Contains("its tensors have 50000000 values in all, and the file only ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfACompressedStorage_SaysSo()
    {
        var file = PickledFiles.Archive([("a", 1 << 20, [2], [1])], CompressionLevel.Optimal);

        var error = Assert.Throws<TrainingException>(() => TensorFile.Read(Write(file), _ => true));
        Assert.Contains("is compressed, which PyTorch's never are", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAStreamWhoseStorageIsLongerForOneTensor_SaysSo()
    {
        Assert.Equal(2, TensorFile.Read(Write(PickledFiles.Stream([("a", 2, [2], [1]), ("b", 2, [2], [1])])), _ => true).Count);

        var error = Assert.Throws<TrainingException>(() => TensorFile.Read(Write(PickledFiles.Stream([("a", 2, [2], [1]), ("b", 1 << 28, [2], [1])])), _ => true));
        Assert.Contains("its storage '0' is missing, or not as its tensors have it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnAbsentFile_SaysSo() =>
        Assert.Contains("absent.pth", Assert.Throws<TrainingException>(() => TensorFile.Read(Path.Combine(_folder, "absent.pth"), _ => true)).Message, StringComparison.Ordinal);

    private static byte[] Fixture(string format) => format == "archive" ? TorchFixtures.Archive : TorchFixtures.Stream;

    private string Write(byte[] bytes)
    {
        var path = Path.Combine(_folder, "file.pth");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
