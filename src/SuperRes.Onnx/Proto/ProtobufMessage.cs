using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace SuperRes.Onnx.Proto;

/// <summary>
/// One message in protobuf's wire format (protobuf.dev/programming-guides/encoding), as far as ONNX needs it: varints,
/// 32-bit floats and length-delimited fields. Fields are written in the order in which they are added. Weights are
/// referred to, not copied: lengths are computed first, then everything is streamed.
/// </summary>
internal sealed class ProtobufMessage
{
    private readonly List<Field> _fields = [];

    private enum WireType
    {
        Varint = 0,
        LengthDelimited = 2,
        Fixed32 = 5,
    }

    /// <summary>Bytes of the message, without a length of its own.</summary>
    public long Length { get; private set; }

    /// <summary>An int32, int64 or enum; negative numbers take ten bytes.</summary>
    public ProtobufMessage Add(int number, long value) => Append(new Field(Tag(number, WireType.Varint), (ulong)value), VarintLength((ulong)value));

    /// <summary>A float.</summary>
    public ProtobufMessage Add(int number, float value) => Append(new Field(Tag(number, WireType.Fixed32), BitConverter.SingleToUInt32Bits(value)), sizeof(float));

    /// <summary>A string.</summary>
    public ProtobufMessage Add(int number, string value) => Add(number, Encoding.UTF8.GetBytes(value));

    /// <summary>Bytes.</summary>
    public ProtobufMessage Add(int number, byte[] value) => AppendDelimited(number, value.Length, value);

    /// <summary>Bytes: the values' little-endian binary32.</summary>
    public ProtobufMessage Add(int number, float[] values) => AppendDelimited(number, (long)values.Length * sizeof(float), values);

    /// <summary>An embedded message, complete: fields added to it later would be lost.</summary>
    public ProtobufMessage Add(int number, ProtobufMessage message) => AppendDelimited(number, message.Length, message);

    /// <summary>Writes the fields.</summary>
    public void WriteTo(Stream stream)
    {
        foreach (var field in _fields)
        {
            WriteVarint(stream, field.Tag);
            switch ((WireType)(field.Tag & 7))
            {
                case WireType.Varint:
                    WriteVarint(stream, field.Number);
                    break;
                case WireType.Fixed32:
                    WriteFixed32(stream, (uint)field.Number);
                    break;
                default:
                    WriteVarint(stream, field.Number);
                    WriteContent(stream, field.Content!);
                    break;
            }
        }
    }

    private static void WriteContent(Stream stream, object content)
    {
        switch (content)
        {
            case ProtobufMessage message:
                message.WriteTo(stream);
                break;
            case float[] values:
                WriteFloats(stream, values);
                break;
            default:
                stream.Write((byte[])content);
                break;
        }
    }

    private static void WriteFloats(Stream stream, float[] values)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
            return;
        }

        foreach (var value in values)
        {
            WriteFixed32(stream, BitConverter.SingleToUInt32Bits(value));
        }
    }

    private static void WriteFixed32(Stream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private ProtobufMessage AppendDelimited(int number, long length, object content) =>
        Append(new Field(Tag(number, WireType.LengthDelimited), (ulong)length, content), VarintLength((ulong)length) + length);

    private ProtobufMessage Append(Field field, long length)
    {
        _fields.Add(field);
        Length += VarintLength(field.Tag) + length;
        return this;
    }

    private static ulong Tag(int number, WireType type) => ((ulong)number << 3) | (ulong)type;

    private static int VarintLength(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    private static void WriteVarint(Stream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }

    /// <param name="Tag">Field number and wire type.</param>
    /// <param name="Number">The value, or the length of <paramref name="Content"/>.</param>
    private readonly record struct Field(ulong Tag, ulong Number, object? Content = null);
}
