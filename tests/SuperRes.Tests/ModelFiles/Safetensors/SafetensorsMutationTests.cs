using System.Text;
using SuperRes.ModelFiles;
using SuperRes.ModelFiles.Safetensors;
using SuperRes.Networks;

namespace SuperRes.Tests.ModelFiles.Safetensors;

/// <summary>Whatever happens to a file on its way, it reads as something whole or is refused as malformed.</summary>
public sealed class SafetensorsMutationTests
{
    private static readonly string[] Splices =
        ["0", "-1", "9223372036854775807", "18446744073709551616", "1e3", "{", "}", "[", "]", ",", ":", "\"", "null", "\"F16\"", "\"shape\":[", "\0", "\\ud800", "\u00ff", "   "];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_OfMutatedFiles_GivesAWholeFileOrTheDomainException(int seed)
    {
        var random = new Random(seed);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < 2_500; i++)
        {
            var bytes = Mutate(Valid(random), random);
            if (IsAccepted(bytes))
            {
                accepted++;
            }
            else
            {
                refused++;
            }
        }

        // Only changes to values, names and spaces leave a file valid, and both kinds of change must have been tried.
        Assert.InRange(accepted, 25, 500);
        Assert.Equal(2_500, accepted + refused);
    }

    [Fact]
    public void Read_OfEveryPrefix_IsRefused()
    {
        var bytes = Valid(new Random(5));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(IsAccepted(bytes[..length]), $"the first {length} of {bytes.Length} bytes");
        }
    }

    private static bool IsAccepted(byte[] bytes)
    {
        try
        {
            var file = SafetensorsReader.Read(new MemoryStream(bytes), "mutated");
            // What was accepted is whole: written again it reads back the same, bit for bit.
            using var stream = new MemoryStream();
            SafetensorsWriter.Write(stream, file.Tensors.Select(tensor => (tensor.Key, tensor.Value, WeightPrecision.Float32)), file.Header.Metadata);
            stream.Position = 0;
            var again = SafetensorsReader.Read(stream, "again").Tensors.ToDictionary();
            Assert.Equal(file.Tensors.Count, again.Count);
            Assert.All(file.Tensors, tensor => Assert.Equal(
                tensor.Value.Values.Select(BitConverter.SingleToInt32Bits),
                again[tensor.Key].Values.Select(BitConverter.SingleToInt32Bits)));
            return true;
        }
        catch (ModelFileException exception)
        {
            Assert.DoesNotContain('\n', exception.Message);
            return false;
        }
    }

    private static byte[] Valid(Random random)
    {
        using var stream = new MemoryStream();
        var tensors = Enumerable.Range(0, random.Next(1, 4)).Select(i =>
        {
            int[] shape = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => random.Next(1, 4))];
            float[] values = [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => random.NextSingle())];
            return ($"layer.{i}.weight", new Tensor(shape, values), (WeightPrecision)random.Next(2));
        });
        SafetensorsWriter.Write(stream, [.. tensors], new Dictionary<string, string> { ["superres.format"] = "1" });
        return stream.ToArray();
    }

    private static byte[] Mutate(byte[] valid, Random random)
    {
        var bytes = new List<byte>(valid);
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var position = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[position] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(position, random.Next(1, Math.Min(9, bytes.Count - position + 1)));
                    break;
                case 3:
                    bytes.InsertRange(position, bytes.GetRange(position, random.Next(1, Math.Min(9, bytes.Count - position + 1))));
                    break;
                case 4:
                    bytes.InsertRange(position, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]));
                    break;
                default:
                    ReplaceInHeader(bytes, random);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Keeps the length, so that the header is parsed to its end.</summary>
    private static void ReplaceInHeader(List<byte> bytes, Random random)
    {
        var splice = Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]);
        var position = random.Next(8, Math.Max(9, bytes.Count - splice.Length));
        for (var i = 0; i < splice.Length && position + i < bytes.Count; i++)
        {
            bytes[position + i] = splice[i];
        }
    }
}
