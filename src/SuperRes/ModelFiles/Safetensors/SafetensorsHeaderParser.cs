using System.Text.Json;
using System.Text.Unicode;
using static SuperRes.ModelFiles.Safetensors.SafetensorsFormat;

namespace SuperRes.ModelFiles.Safetensors;

/// <summary>
/// Reads a header token by token. Nothing is allocated from what the header claims, only from what it holds, and
/// everything the format leaves open to chance (duplicate keys, unknown keys, numbers that are not plain) is refused.
/// No value may nest, so there is no depth to exhaust.
/// </summary>
internal ref struct SafetensorsHeaderParser
{
    private Utf8JsonReader _json;

    private SafetensorsHeaderParser(ReadOnlySpan<byte> header)
    {
        _json = new Utf8JsonReader(header);
    }

    /// <summary>Parses and checks a header.</summary>
    /// <exception cref="ModelFileException">It breaks the format; the message is a clause that follows the file's name.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> header)
    {
        if (header.IsEmpty || header[0] != '{')
        {
            throw new ModelFileException("has a header that does not begin with '{'");
        }

        if (!Utf8.IsValid(header))
        {
            throw new ModelFileException("has a header that is not UTF-8");
        }

        try
        {
            return new SafetensorsHeaderParser(header).ParseDocument();
        }
        catch (JsonException exception)
        {
            throw new ModelFileException("has a header that is not valid JSON", exception);
        }
        catch (InvalidOperationException exception)
        {
            // What GetString says of an escaped half of a surrogate pair.
            throw new ModelFileException("has a header with text that is not Unicode", exception);
        }
    }

    private SafetensorsHeader ParseDocument()
    {
        IReadOnlyDictionary<string, string>? metadata = null;
        var entries = new List<SafetensorsEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        Expect(JsonTokenType.StartObject, "the header");
        while (NextKey("the header") is { } name)
        {
            if (!names.Add(name))
            {
                throw new ModelFileException($"names {Quote(name)} twice");
            }

            if (name == MetadataKey)
            {
                metadata = ParseMetadata();
            }
            else
            {
                entries.Add(ParseEntry(name));
            }
        }

        // Reads trailing spaces; anything else there is an error of the JSON reader's.
        _json.Read();
        return new SafetensorsHeader(metadata ?? new Dictionary<string, string>(), entries, CheckLayout(entries));
    }

    private Dictionary<string, string> ParseMetadata()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        Expect(JsonTokenType.StartObject, MetadataKey);
        while (NextKey(MetadataKey) is { } key)
        {
            Expect(JsonTokenType.String, $"the metadata {Quote(key)}");
            if (!metadata.TryAdd(key, _json.GetString()!))
            {
                throw new ModelFileException($"has the metadata {Quote(key)} twice");
            }
        }

        return metadata;
    }

    private SafetensorsEntry ParseEntry(string name)
    {
        WeightPrecision? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Expect(JsonTokenType.StartObject, Quote(name));
        while (NextKey(Quote(name)) is { } key)
        {
            var isNew = key switch
            {
                "dtype" => Set(ref type, ParseType(name)),
                "shape" => Set(ref shape, ParseNumbers(name, key, MaximumRank)),
                "data_offsets" => Set(ref offsets, ParseNumbers(name, key, 2)),
                _ => throw new ModelFileException($"has an unknown key {Quote(key)} for {Quote(name)}; a tensor has dtype, shape and data_offsets"),
            };
            if (!isNew)
            {
                throw new ModelFileException($"has the key {Quote(key)} of {Quote(name)} twice");
            }
        }

        return type is not null && shape is not null && offsets is { Count: 2 }
            ? Check(name, type.Value, shape, offsets[0], offsets[1])
            : throw new ModelFileException($"lacks dtype, shape or both data_offsets of {Quote(name)}");
    }

    private static bool Set<T>(ref T? field, T value)
    {
        var isNew = field is null;
        field = value;
        return isNew;
    }

    private WeightPrecision? ParseType(string name)
    {
        Expect(JsonTokenType.String, $"the dtype of {Quote(name)}");
        var type = _json.GetString()!;
        return TypeOf(type) ?? throw new ModelFileException($"stores {Quote(name)} as {Quote(type)}; weights are F32, F16 or BF16");
    }

    private List<long> ParseNumbers(string name, string key, int most)
    {
        var numbers = new List<long>();
        Expect(JsonTokenType.StartArray, $"{key} of {Quote(name)}");
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out var number) || number < 0)
            {
                throw new ModelFileException($"has something other than a whole number from 0 up in {key} of {Quote(name)}");
            }

            if (numbers.Count == most)
            {
                throw new ModelFileException($"has more than {most} numbers in {key} of {Quote(name)}");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static SafetensorsEntry Check(string name, WeightPrecision type, List<long> shape, long begin, long end)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            // Both factors are below 2^31, so the product is exact.
            if (size > int.MaxValue || (count *= size) > Array.MaxLength)
            {
                throw new ModelFileException($"has more values in {Quote(name)} than one array holds");
            }
        }

        if (end < begin || end - begin != count * SizeOf(type))
        {
            throw new ModelFileException(
                $"gives {Quote(name)} bytes {begin} to {end}, and its shape [{string.Join(", ", shape)}] of {NameOf(type)} needs {count * SizeOf(type)}");
        }

        return begin % SizeOf(type) == 0
            ? new SafetensorsEntry(name, type, [.. shape.Select(size => (int)size)], begin, end)
            : throw new ModelFileException($"has {Quote(name)} at byte {begin}, which is not a multiple of the {SizeOf(type)} bytes of {NameOf(type)}");
    }

    private static long CheckLayout(List<SafetensorsEntry> entries)
    {
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        var end = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != end)
            {
                var fault = entry.Begin < end ? "overlaps the tensor before it" : "leaves a gap before it";
                throw new ModelFileException($"has {Quote(entry.Name)} at byte {entry.Begin} of the data, expected {end}: it {fault}");
            }

            end = entry.End;
        }

        return end;
    }

    private string? NextKey(string where)
    {
        if (!_json.Read() || _json.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndObject))
        {
            throw new ModelFileException($"has a header that ends within {where}");
        }

        return _json.TokenType == JsonTokenType.PropertyName ? _json.GetString() : null;
    }

    private void Expect(JsonTokenType type, string what)
    {
        if (!_json.Read() || _json.TokenType != type)
        {
            var expected = type switch
            {
                JsonTokenType.StartObject => "an object",
                JsonTokenType.StartArray => "an array",
                _ => "a string",
            };
            throw new ModelFileException($"has {Describe(_json.TokenType)} for {what}, expected {expected}");
        }
    }

    private static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.None => "nothing",
        _ => "a literal",
    };
}
