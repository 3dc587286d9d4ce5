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
    private readonly bool _integersMayBe;
    private readonly List<(string Name, long Begin, long End)> _layout = [];
    private Utf8JsonReader _json;

    private SafetensorsHeaderParser(ReadOnlySpan<byte> header, bool integersMayBe)
    {
        _json = new Utf8JsonReader(header);
        _integersMayBe = integersMayBe;
    }

    /// <summary>Parses and checks a header.</summary>
    /// <param name="header">Its bytes.</param>
    /// <param name="integersMayBe">Leave out tensors of whole numbers, and don't refuse them.</param>
    /// <exception cref="ModelFileException">It breaks the format; the message is a clause that follows the file's name.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> header, bool integersMayBe = false)
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
            return new SafetensorsHeaderParser(header, integersMayBe).ParseDocument();
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
            else if (ParseEntry(name) is { } entry)
            {
                entries.Add(entry);
            }
        }

        // Reads trailing spaces; anything else there is an error of the JSON reader's.
        _json.Read();
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        return new SafetensorsHeader(metadata ?? new Dictionary<string, string>(), entries, CheckLayout());
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

    /// <summary>A tensor of weights; null where it is one of whole numbers.</summary>
    private SafetensorsEntry? ParseEntry(string name)
    {
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Expect(JsonTokenType.StartObject, Quote(name));
        while (NextKey(Quote(name)) is { } key)
        {
            var isNew = key switch
            {
                "dtype" => Set(ref type, ParseText($"the dtype of {Quote(name)}")),
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
            ? Check(name, type, shape, offsets[0], offsets[1])
            : throw new ModelFileException($"lacks dtype, shape or both data_offsets of {Quote(name)}");
    }

    private static bool Set<T>(ref T? field, T value)
    {
        var isNew = field is null;
        field = value;
        return isNew;
    }

    private string ParseText(string what)
    {
        Expect(JsonTokenType.String, what);
        return _json.GetString()!;
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

    private readonly SafetensorsEntry? Check(string name, string typeName, List<long> shape, long begin, long end)
    {
        var type = TypeOf(typeName);
        var size = type is { } weights ? SizeOf(weights)
            : _integersMayBe && IntegerSizeOf(typeName) is { } integer ? integer
            : throw new ModelFileException($"stores {Quote(name)} as {Quote(typeName)}; weights are F32, F16 or BF16");
        var count = 1L;
        foreach (var length in shape)
        {
            // Both factors are below 2^31, so the product is exact.
            if (length > int.MaxValue || (count *= length) > Array.MaxLength)
            {
                throw new ModelFileException($"has more values in {Quote(name)} than one array holds");
            }
        }

        if (end < begin || end - begin != count * size)
        {
            throw new ModelFileException(
                $"gives {Quote(name)} bytes {begin} to {end}, and its shape [{string.Join(", ", shape)}] of {typeName} needs {count * size}");
        }

        if (begin % size != 0)
        {
            throw new ModelFileException($"has {Quote(name)} at byte {begin}, which is not a multiple of the {size} bytes of {typeName}");
        }

        _layout.Add((name, begin, end));
        return type is { } known ? new SafetensorsEntry(name, known, [.. shape.Select(length => (int)length)], begin, end) : null;
    }

    private readonly long CheckLayout()
    {
        _layout.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        var end = 0L;
        foreach (var tensor in _layout)
        {
            if (tensor.Begin != end)
            {
                var fault = tensor.Begin < end ? "overlaps the tensor before it" : "leaves a gap before it";
                throw new ModelFileException($"has {Quote(tensor.Name)} at byte {tensor.Begin} of the data, expected {end}: it {fault}");
            }

            end = tensor.End;
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
