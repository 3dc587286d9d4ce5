using System.Text;
using SuperRes.ModelFiles;
using SuperRes.ModelFiles.Safetensors;

namespace SuperRes.Tests.ModelFiles.Safetensors;

public sealed class SafetensorsReaderTests
{
    private static SafetensorsFile Read(byte[] bytes) => SafetensorsReader.Read(new MemoryStream(bytes), "net.safetensors");

    [Fact]
    public void Read_OfAFileWrittenByHand_GivesItsValues()
    {
        var file = Read(SafetensorsBytes.File(
            """{"b":{"dtype":"F16","shape":[2],"data_offsets":[8,12]},"__metadata__":{"who":"Zoë"},"a":{"shape":[1,2],"data_offsets":[0,8],"dtype":"F32"},"c":{"dtype":"BF16","shape":[],"data_offsets":[12,14]}}   """,
            0x00, 0x00, 0x80, 0x3F, 0xDB, 0x0F, 0x49, 0xC0, // 1, -pi as binary32
            0x00, 0x3C, 0xFF, 0x7B,                         // 1, 65504 as binary16
            0x49, 0x40));                                   // 3.140625 as bfloat16
        Assert.Equal(["a", "b", "c"], file.Tensors.Select(tensor => tensor.Key));
        Assert.Equal([1f, -3.14159274f], file.Tensors[0].Value.Values);
        Assert.Equal([1, 2], file.Tensors[0].Value.Shape);
        Assert.Equal([1f, 65504f], file.Tensors[1].Value.Values);
        Assert.Equal([3.140625f], file.Tensors[2].Value.Values);
        Assert.Empty(file.Tensors[2].Value.Shape);
        Assert.Equal("Zoë", file.Header.Metadata["who"]);
    }

    [Fact]
    public void Read_OfHalfPrecisionSpecials_KeepsThem()
    {
        var values = Read(SafetensorsBytes.File(
            """{"a":{"dtype":"F16","shape":[5],"data_offsets":[0,10]}}""",
            0x00, 0x80, 0x01, 0x00, 0x00, 0x7C, 0x00, 0xFC, 0x00, 0x7E)).Tensors[0].Value.Values;
        Assert.Equal(BitConverter.SingleToInt32Bits(-0f), BitConverter.SingleToInt32Bits(values[0]));
        Assert.Equal(MathF.Pow(2, -24), values[1]);
        Assert.Equal([float.PositiveInfinity, float.NegativeInfinity, float.NaN], values[2..]);
    }

    [Fact]
    public void Read_OfNoTensors_GivesNone() => Assert.Empty(Read(SafetensorsBytes.File("{}")).Tensors);

    [Fact]
    public void Read_OfAnEmptyTensor_KeepsItsShape()
    {
        var file = Read(SafetensorsBytes.File("""{"a":{"dtype":"F32","shape":[3,0,2],"data_offsets":[0,0]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 0, 0, 0, 0));
        Assert.Equal([3, 0, 2], file.Tensors.Single(tensor => tensor.Key == "a").Value.Shape);
    }

    [Fact]
    public void Read_FromAPipe_GivesTheSame()
    {
        var bytes = SafetensorsBytes.File("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 0, 0, 128, 63, 0, 0, 0, 64);
        Assert.Equal([1f, 2f], SafetensorsReader.Read(new PipeStream(bytes), "-").Tensors[0].Value.Values);
        Assert.Throws<ModelFileException>(() => SafetensorsReader.Read(new PipeStream(bytes[..^1]), "-"));
        Assert.Throws<ModelFileException>(() => SafetensorsReader.Read(new PipeStream([.. bytes, 0]), "-"));
    }

    [Fact]
    public void Read_OfAFileThatFails_SaysWhy()
    {
        var bytes = SafetensorsBytes.File("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 0, 0, 128, 63, 0, 0, 0, 64);
        var error = Assert.Throws<ModelFileException>(() => SafetensorsReader.Read(new PipeStream(bytes) { FailsAt = bytes.Length - 4 }, "net.safetensors"));
        Assert.Contains("'net.safetensors' can't be read: the share is gone", error.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(error.InnerException);
    }

    [Theory]
    [InlineData("", "does not begin with '{'")]
    [InlineData(" {}", "does not begin with '{'")]
    [InlineData("[]", "does not begin with '{'")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{}{}", "not valid JSON")]
    [InlineData("{}\0", "not valid JSON")]
    [InlineData("""{"a":1}""", "a number for 'a', expected an object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", "lacks dtype, shape or both data_offsets of 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", "lacks dtype, shape or both data_offsets of 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", "more than 2 numbers in data_offsets of 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"data_offsets":[0,4]}}""", "the key 'data_offsets' of 'a' twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"color":"red"}}""", "unknown key 'color' for 'a'")]
    [InlineData("""{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", "stores 'a' as 'F64'; weights are F32, F16 or BF16")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", "a number for the dtype of 'a', expected a string")]
    [InlineData("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", "a number for shape of 'a', expected an array")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "other than a whole number from 0 up in shape of 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""", "other than a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", "other than a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,18446744073709551620]}}""", "other than a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", "other than a whole number")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", "more values in 'a' than one array holds")]
    [InlineData("""{"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,17179869184]}}""", "more values in 'a' than one array holds")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "bytes 0 to 4, and its shape [2] of F32 needs 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "bytes 4 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "leaves a gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "overlaps")]
    [InlineData("""{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", "not a multiple of the 4 bytes of F32")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "names 'a' twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "names '__metadata__' twice")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", "the metadata 'k' twice")]
    [InlineData("""{"__metadata__":{"k":1}}""", "a number for the metadata 'k', expected a string")]
    [InlineData("""{"__metadata__":{"k":[[[[1]]]]}}""", "an array for the metadata 'k', expected a string")]
    [InlineData("""{"a\ud800":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}""", "not Unicode")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1000000],"data_offsets":[0,4000000]}}""", "has 8 bytes of data, and its header describes 4000000")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "has 8 bytes of data, and its header describes 4")]
    public void Read_OfAMalformedHeader_SaysInOneLineWhatIsWrong(string header, string expected) => AssertRefused(SafetensorsBytes.File(header, new byte[8]), expected);

    [Fact]
    public void Read_OfTooFewBytes_IsRefused()
    {
        AssertRefused([], "ends too early");
        AssertRefused([1, 0, 0, 0, 0, 0, 0], "ends too early");
    }

    [Theory]
    [InlineData(100_000_001UL, "at most 100000000 are allowed")]
    [InlineData(ulong.MaxValue, "at most 100000000 are allowed")]
    [InlineData(99_999_999UL, "and 2 follow")]
    public void Read_OfALyingHeaderLength_IsRefusedWithoutTakingTheMemory(ulong length, string expected)
    {
        byte[] bytes = [.. BitConverter.GetBytes(length), .. "{}"u8];
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(bytes, expected);
        Assert.Throws<ModelFileException>(() => SafetensorsReader.Read(new PipeStream(bytes), "-"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
    }

    [Fact]
    public void Read_OfAHeaderThatIsNotUtf8_IsRefused() => AssertRefused(SafetensorsBytes.File([(byte)'{', (byte)'"', 0xFF, 0xFE, (byte)'"', (byte)'}']), "not UTF-8");

    [Fact]
    public void Read_OfADepthBomb_IsRefused()
    {
        var nested = string.Concat(Enumerable.Repeat("[", 1_000_000));
        AssertRefused(SafetensorsBytes.File($$"""{"a":{"dtype":"F32","shape":{{nested}}"""), "other than a whole number");
        AssertRefused(SafetensorsBytes.File(string.Concat(Enumerable.Repeat("""{"a":""", 100_000))), "unknown key 'a'");
    }

    [Fact]
    public void Read_OfAHostileName_ShowsItEscapedAndShort()
    {
        var header = $$"""{"\u001b[2J\n{{new string('x', 10_000)}}":1}""";
        var error = Assert.Throws<ModelFileException>(() => Read(SafetensorsBytes.File(header)));
        Assert.Contains(@"'\u001b[2J\u000axxx", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 50, 400);
    }

    [Fact]
    public void Read_OfAMissingFile_SaysWhich()
    {
        var error = Assert.Throws<ModelFileException>(() => SafetensorsReader.Read(Path.Combine(Path.GetTempPath(), "no-such-folder", "net.safetensors")));
        Assert.Contains("net.safetensors", error.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(byte[] bytes, string expected)
    {
        var error = Assert.Throws<ModelFileException>(() => Read(bytes));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("'net.safetensors' ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
