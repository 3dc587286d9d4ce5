using System.Buffers.Binary;
using System.Text;

namespace SuperRes.Training.Runs.Events;

/// <summary>
/// TensorBoard's <c>Event</c> message (tensorflow/core/util/event.proto), as far as scalars need it: wall_time = 1
/// (double), step = 2 (int64), file_version = 3 (string), summary = 5, which holds value = 1 with tag = 1 and
/// simple_value = 2 (float).
/// </summary>
internal static class ScalarEvent
{
    private const byte WallTime = (1 << 3) | 1;
    private const byte Step = 2 << 3;
    private const byte FileVersion = (3 << 3) | 2;
    private const byte Summary = (5 << 3) | 2;
    private const byte Value = (1 << 3) | 2;
    private const byte Tag = (1 << 3) | 2;
    private const byte SimpleValue = (2 << 3) | 5;

    /// <summary>What a file begins with.</summary>
    public static byte[] Version(DateTimeOffset time)
    {
        var message = new MemoryStream();
        PutTime(message, time);
        PutBytes(message, FileVersion, "brain.Event:2"u8);
        return message.ToArray();
    }

    public static byte[] Encode(long step, DateTimeOffset time, IEnumerable<KeyValuePair<string, double>> values)
    {
        var (message, summary) = (new MemoryStream(), new MemoryStream());
        Span<byte> bytes = stackalloc byte[4];
        PutTime(message, time);
        message.WriteByte(Step);
        PutVarint(message, (ulong)step);
        foreach (var (tag, number) in values)
        {
            var value = new MemoryStream();
            PutBytes(value, Tag, Encoding.UTF8.GetBytes(tag));
            value.WriteByte(SimpleValue);
            BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)number);
            value.Write(bytes);
            PutBytes(summary, Value, value.ToArray());
        }

        PutBytes(message, Summary, summary.ToArray());
        return message.ToArray();
    }

    /// <summary>The step of a message that this class wrote; 0 for the version's.</summary>
    public static long StepOf(ReadOnlySpan<byte> message)
    {
        var place = 1 + sizeof(double);
        if (message.Length <= place || message[place] != Step)
        {
            return 0;
        }

        var (step, shift) = (0L, 0);
        do
        {
            step |= (long)(message[++place] & 0x7f) << shift;
            shift += 7;
        }
        while ((message[place] & 0x80) != 0);
        return step;
    }

    private static void PutTime(MemoryStream message, DateTimeOffset time)
    {
        message.WriteByte(WallTime);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, (time - DateTimeOffset.UnixEpoch).TotalSeconds);
        message.Write(bytes);
    }

    private static void PutBytes(MemoryStream message, byte key, ReadOnlySpan<byte> bytes)
    {
        message.WriteByte(key);
        PutVarint(message, (ulong)bytes.Length);
        message.Write(bytes);
    }

    private static void PutVarint(MemoryStream message, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            message.WriteByte((byte)(value | 0x80));
        }

        message.WriteByte((byte)value);
    }
}
