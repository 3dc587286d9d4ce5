using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SuperRes.Networks;
using static SuperRes.ModelFiles.Safetensors.SafetensorsFormat;

namespace SuperRes.ModelFiles.Safetensors;

/// <summary>Reads safetensors. Every length is checked against the bytes that are there before memory is taken for it.</summary>
internal static class SafetensorsReader
{
    private const int ChunkLength = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelFileException">It can't be opened, or breaks the format.</exception>
    public static SafetensorsFile Read(string path)
    {
        using var stream = Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads from the stream's position to its end, and leaves it open.</summary>
    /// <param name="stream">Readable; a pipe will do.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="wanted">Of another program's file: which tensors are read, by name; of whole numbers none is. Null of one's own, where all are weights.</param>
    /// <exception cref="ModelFileException">The content breaks the format.</exception>
    public static SafetensorsFile Read(Stream stream, string name, Func<string, bool>? wanted = null) =>
        Named(name, () =>
        {
            var header = ParseHeader(stream, integersMayBe: wanted is not null);
            using var data = stream.CanSeek ? null : new MemoryStream(Gather(stream, header.DataLength), writable: false);
            CheckDataLength(stream, header);
            return new SafetensorsFile(header, [.. ReadTensors(data ?? stream, header.Entries.Where(entry => wanted is null || wanted(entry.Name)))]);
        });

    /// <summary>Reads and checks the header alone, with the file's length where it has one.</summary>
    /// <exception cref="ModelFileException">The file can't be opened, or breaks the format.</exception>
    public static SafetensorsHeader ReadHeader(string path)
    {
        using var stream = Open(path);
        return Named(path, () =>
        {
            var header = ParseHeader(stream, integersMayBe: false);
            if (stream.CanSeek)
            {
                CheckDataLength(stream, header);
            }

            return header;
        });
    }

    private static FileStream Open(string path)
    {
        try
        {
            // A training may put a better model in its place meanwhile.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, ChunkLength, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new ModelFileException($"'{path}' can't be opened: {exception.Message}", exception);
        }
    }

    private static T Named<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ModelFileException exception)
        {
            throw new ModelFileException($"'{Escape(name)}' {exception.Message}. It is damaged or not a safetensors file: get it again.", exception.InnerException);
        }
        catch (EndOfStreamException exception)
        {
            throw new ModelFileException($"'{Escape(name)}' ends too early. It is truncated: get it again.", exception);
        }
        catch (IOException exception)
        {
            throw new ModelFileException($"'{Escape(name)}' can't be read: {exception.Message.TrimEnd('.')}. Check the disk or the connection.", exception);
        }
    }

    private static SafetensorsHeader ParseHeader(Stream stream, bool integersMayBe)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        stream.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumHeaderLength)
        {
            throw new ModelFileException($"claims a header of {length} bytes, and at most {MaximumHeaderLength} are allowed");
        }

        if (stream.CanSeek && (long)length > stream.Length - stream.Position)
        {
            throw new ModelFileException($"claims a header of {length} bytes, and {stream.Length - stream.Position} follow");
        }

        return SafetensorsHeaderParser.Parse(Gather(stream, (long)length), integersMayBe);
    }

    private static void CheckDataLength(Stream stream, SafetensorsHeader header)
    {
        if (stream.CanSeek && stream.Length - stream.Position is var found && found != header.DataLength)
        {
            throw new ModelFileException($"has {found} bytes of data, and its header describes {header.DataLength}");
        }

        if (!stream.CanSeek && stream.ReadByte() >= 0)
        {
            throw new ModelFileException($"has more data than the {header.DataLength} bytes that its header describes");
        }
    }

    /// <summary>The next bytes. Where the stream's length is not known, memory is taken as they arrive.</summary>
    private static byte[] Gather(Stream stream, long length)
    {
        if (length > Array.MaxLength)
        {
            throw new ModelFileException($"has {length} bytes of data, more than can be read from a pipe; use a file");
        }

        if (stream.CanSeek)
        {
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            return bytes;
        }

        var arrived = new MemoryStream();
        var chunk = new byte[Math.Min(length, ChunkLength)];
        while (arrived.Length < length)
        {
            var count = stream.Read(chunk, 0, (int)Math.Min(chunk.Length, length - arrived.Length));
            if (count == 0)
            {
                throw new EndOfStreamException();
            }

            arrived.Write(chunk, 0, count);
        }

        return arrived.ToArray();
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> ReadTensors(Stream data, IEnumerable<SafetensorsEntry> entries)
    {
        var position = 0L;
        foreach (var entry in entries)
        {
            data.Seek(entry.Begin - position, SeekOrigin.Current);
            position = entry.End;
            yield return KeyValuePair.Create(entry.Name, ReadTensor(data, entry));
        }
    }

    private static Tensor ReadTensor(Stream data, SafetensorsEntry entry)
    {
        var values = new float[(entry.End - entry.Begin) / SizeOf(entry.Type)];
        if (entry.Type == WeightPrecision.Float32)
        {
            for (var rest = values.AsSpan(); !rest.IsEmpty;)
            {
                // In parts: all of them can be more bytes than a span holds.
                var part = rest[..Math.Min(rest.Length, ChunkLength)];
                data.ReadExactly(MemoryMarshal.AsBytes(part));
                rest = rest[part.Length..];
            }

            if (!BitConverter.IsLittleEndian)
            {
                var bits = MemoryMarshal.Cast<float, int>(values.AsSpan());
                BinaryPrimitives.ReverseEndianness(bits, bits);
            }
        }
        else
        {
            ReadHalves(data, entry.Type, values);
        }

        return new Tensor(entry.Shape, values);
    }

    private static void ReadHalves(Stream data, WeightPrecision type, Span<float> values)
    {
        var chunk = new byte[Math.Min((long)values.Length * sizeof(ushort), ChunkLength)];
        while (!values.IsEmpty)
        {
            var count = Math.Min(values.Length, chunk.Length / sizeof(ushort));
            data.ReadExactly(chunk.AsSpan(0, count * sizeof(ushort)));
            for (var i = 0; i < count; i++)
            {
                var bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk.AsSpan(i * sizeof(ushort)));
                values[i] = type == WeightPrecision.Float16 ? (float)BitConverter.UInt16BitsToHalf(bits) : BitConverter.UInt32BitsToSingle((uint)bits << 16);
            }

            values = values[count..];
        }
    }
}
