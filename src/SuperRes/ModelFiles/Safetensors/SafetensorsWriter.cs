using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using SuperRes.Networks;
using static SuperRes.ModelFiles.Safetensors.SafetensorsFormat;

namespace SuperRes.ModelFiles.Safetensors;

/// <summary>
/// Writes safetensors. The same content gives the same bytes: tensors of wider types come first and then go by name, as
/// in the reference implementation; metadata goes by key; the header is padded to a multiple of 8 so that the data is aligned.
/// </summary>
internal static class SafetensorsWriter
{
    private const int ChunkLength = 1 << 16;

    // Licences and names are for people to read in the file; nothing here goes into a web page.
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes tensors to a stream and leaves it open.</summary>
    /// <param name="stream">Writable.</param>
    /// <param name="tensors">Names, each once, with values and the type to store them as: float32 or float16.</param>
    /// <param name="metadata">Free text by key.</param>
    /// <exception cref="ModelFileException">The header would be larger than a reader accepts.</exception>
    public static void Write(
        Stream stream, IEnumerable<(string Name, Tensor Tensor, WeightPrecision Type)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var ordered = tensors.OrderBy(tensor => tensor.Type).ThenBy(tensor => tensor.Name, StringComparer.Ordinal).ToList();
        var header = Header(ordered, metadata);
        if (header.Length > MaximumHeaderLength)
        {
            throw new ModelFileException($"The header has {header.Length} bytes, and at most {MaximumHeaderLength} are allowed: shorten the metadata.");
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header.GetBuffer(), 0, (int)header.Length);
        foreach (var (_, tensor, type) in ordered)
        {
            WriteValues(stream, tensor.Values, type);
        }
    }

    private static MemoryStream Header(List<(string Name, Tensor Tensor, WeightPrecision Type)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header, Format))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            var offset = 0L;
            foreach (var (name, tensor, type) in tensors)
            {
                WriteEntry(json, name, tensor, type, ref offset);
            }

            json.WriteEndObject();
        }

        while (header.Length % PrefixLength != 0)
        {
            header.WriteByte((byte)' ');
        }

        return header;
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, WeightPrecision type, ref long offset)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", NameOf(type));
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        offset += (long)tensor.Values.Length * SizeOf(type);
        json.WriteNumberValue(offset);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValues(Stream stream, ReadOnlySpan<float> values, WeightPrecision type)
    {
        if (type == WeightPrecision.Float32 && BitConverter.IsLittleEndian)
        {
            for (; !values.IsEmpty; values = values[Math.Min(values.Length, ChunkLength)..])
            {
                // In parts: all of them can be more bytes than a span holds.
                stream.Write(MemoryMarshal.AsBytes(values[..Math.Min(values.Length, ChunkLength)]));
            }

            return;
        }

        Span<byte> chunk = stackalloc byte[(int)Math.Min(ChunkLength, (long)values.Length * SizeOf(type))];
        while (!values.IsEmpty)
        {
            var count = Math.Min(values.Length, chunk.Length / SizeOf(type));
            for (var i = 0; i < count; i++)
            {
                WriteValue(chunk[(i * SizeOf(type))..], values[i], type);
            }

            stream.Write(chunk[..(count * SizeOf(type))]);
            values = values[count..];
        }
    }

    private static void WriteValue(Span<byte> bytes, float value, WeightPrecision type)
    {
        switch (type)
        {
            case WeightPrecision.Float32:
                BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
                break;
            case WeightPrecision.Float16:
                BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "Weights are written as float32 or float16.");
        }
    }
}
