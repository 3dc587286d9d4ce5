using SuperRes.Onnx.Proto;

namespace SuperRes.Onnx.Tests.Proto;

/// <summary>The bytes are those of the examples in protobuf's description of its wire format, or worked out by hand from it.</summary>
public sealed class ProtobufMessageTests
{
    [Fact]
    public void WriteTo_OfAVarint_IsTheDocumentedExample() => AssertBytes([0x08, 0x96, 0x01], new ProtobufMessage().Add(1, 150));

    [Fact]
    public void WriteTo_OfAString_IsTheDocumentedExample() =>
        AssertBytes([0x12, 0x07, .. "testing"u8], new ProtobufMessage().Add(2, "testing"));

    [Fact]
    public void WriteTo_OfAnEmbeddedMessage_IsTheDocumentedExample() =>
        AssertBytes([0x1A, 0x03, 0x08, 0x96, 0x01], new ProtobufMessage().Add(3, new ProtobufMessage().Add(1, 150)));

    [Fact]
    public void WriteTo_OfNegativeNumbers_TakesTenBytes() =>
        AssertBytes([0x08, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], new ProtobufMessage().Add(1, -2));

    [Fact]
    public void WriteTo_OfAFieldNumberAbove15_TakesTwoBytesForTheTag() =>
        AssertBytes([0xA0, 0x01, 0x7F], new ProtobufMessage().Add(20, 127));

    [Fact]
    public void WriteTo_OfFloats_IsLittleEndian()
    {
        AssertBytes([0x15, 0x00, 0x00, 0x80, 0x3F], new ProtobufMessage().Add(2, 1f));
        AssertBytes([0x4A, 0x08, 0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0xC0], new ProtobufMessage().Add(9, [1f, -2f]));
    }

    [Theory]
    [InlineData(127, 1)]
    [InlineData(128, 2)]
    [InlineData(16_383, 2)]
    [InlineData(16_384, 3)]
    public void WriteTo_OfLongContent_PrefixesItsLength(int length, int prefix)
    {
        var message = new ProtobufMessage().Add(1, new byte[length]);
        Assert.Equal(1 + prefix + length, message.Length);
        Assert.Equal(message.Length, Bytes(message).Length);
    }

    private static void AssertBytes(byte[] expected, ProtobufMessage message)
    {
        Assert.Equal(expected, Bytes(message));
        Assert.Equal(expected.Length, message.Length);
    }

    private static byte[] Bytes(ProtobufMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        return stream.ToArray();
    }
}
