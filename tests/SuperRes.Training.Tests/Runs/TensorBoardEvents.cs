using System.Buffers.Binary;
using System.Text;

namespace SuperRes.Training.Tests.Runs;

/// <summary>
/// Reads a TensorBoard event file as its specification has it, with nothing of the writer's: TFRecord frames with a
/// bitwise CRC-32C, and the protocol buffers' wire format in general.
/// </summary>
internal static class TensorBoardEvents
{
    /// <summary>Every event: its wall time, step, file version, and scalars.</summary>
    public static List<(double Time, long Step, string? Version, Dictionary<string, float> Values)> Read(byte[] file)
    {
        var events = new List<(double, long, string?, Dictionary<string, float>)>();
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            var data = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            events.Add(Event(data));
            at += length + 16;
        }

        return events;
    }

    /// <summary>CRC-32C bit by bit, polynomial 0x1EDC6F41 reversed.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        var crc = 0xFFFFFFFF;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0x82F63B78 & (uint)-(int)(crc & 1));
            }
        }

        return crc ^ 0xFFFFFFFF;
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = Crc32C(data);
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    private static (double, long, string?, Dictionary<string, float>) Event(byte[] data)
    {
        var (time, step, version, values) = (0.0, 0L, (string?)null, new Dictionary<string, float>());
        foreach (var (field, number, bytes) in Fields(data))
        {
            switch (field)
            {
                case 1:
                    time = BitConverter.UInt64BitsToDouble(number);
                    break;
                case 2:
                    step = (long)number;
                    break;
                case 3:
                    version = Encoding.UTF8.GetString(bytes);
                    break;
                case 5:
                    foreach (var value in Fields(bytes).Where(item => item.Field == 1))
                    {
                        var parts = Fields(value.Bytes).ToDictionary(item => item.Field);
                        values[Encoding.UTF8.GetString(parts[1].Bytes)] = BitConverter.UInt32BitsToSingle((uint)parts[2].Number);
                    }

                    break;
                default:
                    Assert.Fail($"field {field} is not expected");
                    break;
            }
        }

        return (time, step, version, values);
    }

    private static List<(int Field, ulong Number, byte[] Bytes)> Fields(byte[] message)
    {
        var fields = new List<(int, ulong, byte[])>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var (number, bytes) = (0UL, Array.Empty<byte>());
            switch (key & 7)
            {
                case 0:
                    number = Varint(message, ref at);
                    break;
                case 1:
                    number = BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(at));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    bytes = message[at..(at + length)];
                    at += length;
                    break;
                case 5:
                    number = BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(at));
                    at += 4;
                    break;
                default:
                    Assert.Fail($"wire type {key & 7}");
                    break;
            }

            fields.Add(((int)(key >> 3), number, bytes));
        }

        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var (value, shift) = (0UL, 0);
        for (; (message[at] & 0x80) != 0; at++, shift += 7)
        {
            value |= (ulong)(message[at] & 0x7f) << shift;
        }

        return value | ((ulong)message[at++] << shift);
    }
}
