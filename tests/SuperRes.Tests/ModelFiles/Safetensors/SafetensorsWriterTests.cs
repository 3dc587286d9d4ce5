using System.Buffers.Binary;
using System.Text.Json;
using SuperRes.ModelFiles;
using SuperRes.ModelFiles.Safetensors;
using SuperRes.Networks;

namespace SuperRes.Tests.ModelFiles.Safetensors;

public sealed class SafetensorsWriterTests
{
    private static byte[] Write(IReadOnlyDictionary<string, string> metadata, params (string, Tensor, WeightPrecision)[] tensors)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    [Fact]
    public void Write_OfTwoTensors_FollowsTheFormatByteForByte()
    {
        var bytes = Write(
            new Dictionary<string, string> { ["by"] = "Zoë" },
            ("b", new Tensor([2], [1, 2]), WeightPrecision.Float16),
            ("a", new Tensor([1, 1], [-2]), WeightPrecision.Float32));
        const string Header = """{"__metadata__":{"by":"Zoë"},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"b":{"dtype":"F16","shape":[2],"data_offsets":[4,8]}}""";
        var padded = Header + new string(' ', 7 - ((System.Text.Encoding.UTF8.GetByteCount(Header) + 7) % 8));
        Assert.Equal(SafetensorsBytes.File(padded, 0, 0, 0, 0xC0, 0, 0x3C, 0, 0x40), bytes);
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(bytes) % 8);
    }

    [Fact]
    public void Write_InAnotherOrder_GivesTheSameBytes()
    {
        var (a, b) = (("a", new Tensor([1], [1]), WeightPrecision.Float32), ("b", new Tensor([1], [2]), WeightPrecision.Float32));
        var (forwards, backwards) = (new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" }, new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });
        Assert.Equal(Write(forwards, a, b), Write(backwards, b, a));
    }

    [Fact]
    public void Write_OfEveryBitPattern_ReadsBackBitForBit()
    {
        var random = new Random(1);
        var values = new float[20_000];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        }

        var read = SafetensorsReader.Read(new MemoryStream(Write(new Dictionary<string, string>(), ("a", new Tensor([100, 200], values), WeightPrecision.Float32))), "a");
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), read.Tensors[0].Value.Values.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Write_OfEveryHalf_ReadsBackAsTheSameValue()
    {
        // 65,536 values fill more than one of the writer's chunks.
        float[] values = [.. Enumerable.Range(0, 65_536).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits))];
        var read = SafetensorsReader.Read(new MemoryStream(Write(new Dictionary<string, string>(), ("a", new Tensor([values.Length], values), WeightPrecision.Float16))), "a");
        Assert.Equal(values, read.Tensors[0].Value.Values);
    }

    [Fact]
    public void Write_OfAnyText_ReadsBackTheText()
    {
        var text = "\"quotes\" \\ \u0001 \n 日本 \U0001F600 </script>";
        var bytes = Write(new Dictionary<string, string> { [text] = text }, (text, new Tensor([], [1]), WeightPrecision.Float32));
        var read = SafetensorsReader.Read(new MemoryStream(bytes), "a");
        Assert.Equal(text, read.Tensors[0].Key);
        Assert.Equal(text, read.Header.Metadata[text]);
        using var json = JsonDocument.Parse(bytes.AsMemory(8, (int)BinaryPrimitives.ReadInt64LittleEndian(bytes)));
        Assert.Equal(text, json.RootElement.GetProperty("__metadata__").GetProperty(text).GetString());
    }
}
