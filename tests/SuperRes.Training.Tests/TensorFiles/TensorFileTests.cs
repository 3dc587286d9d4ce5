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
