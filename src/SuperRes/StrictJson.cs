using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace SuperRes;

/// <summary>
/// Reads JSON that people write: comments and trailing commas allowed; unknown keys and values of the wrong type are all
/// told at once, keys with the nearest right name.
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Parses text to a tree.</summary>
    /// <exception cref="JsonException">The text is not JSON, or has a key twice.</exception>
    public static JsonNode Parse(string text) => ParseValue(text, Lenient) ?? throw new JsonException("The document is null, expected an object.");

    /// <summary>Parses text to a tree whose texts are all Unicode: halves of surrogate pairs otherwise show only when a text is asked for.</summary>
    /// <exception cref="JsonException">The text is not JSON by these options, or a text in it is not Unicode.</exception>
    public static JsonNode? ParseValue(string text, JsonDocumentOptions options)
    {
        try
        {
            var tree = JsonNode.Parse(text, documentOptions: options);
            Read(tree);
            return tree;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A text in it is no valid Unicode.", exception);
        }

        static void Read(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject instance:
                    foreach (var (_, value) in instance)
                    {
                        Read(value);
                    }

                    break;
                case JsonArray array:
                    foreach (var value in array)
                    {
                        Read(value);
                    }

                    break;
                case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                    _ = value.GetValue<string>();
                    break;
            }
        }
    }

    /// <summary>Reads a value.</summary>
    /// <exception cref="JsonException">The text is not JSON, has keys that the type lacks, or values of the wrong type.</exception>
    public static T Read<T>(string text, JsonTypeInfo<T> type)
    {
        var tree = Parse(text);
        string[] faults = [.. Faults(tree, type)];
        var sentence = string.Join("; ", faults);
        return faults.Length == 0 ? tree.Deserialize(type)! : throw new JsonException(sentence.EndsWith('?') ? sentence : sentence + ".");
    }

    /// <summary>Everything in a tree that can't be read as the type, in words; empty when it can.</summary>
    public static IEnumerable<string> Faults(JsonNode? node, JsonTypeInfo type, string path = "")
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when node is JsonObject instance:
                return FaultsOf(instance, type, path);
            case JsonTypeInfoKind.Enumerable when node is JsonArray array:
                var elementType = type.Options.GetTypeInfo(type.ElementType!);
                return array.SelectMany((item, i) => item is null && elementType.Kind == JsonTypeInfoKind.Object
                    ? [Misfit($"{path}[{i}]", item, elementType)]
                    : Faults(item, elementType, $"{path}[{i}]"));
            case JsonTypeInfoKind.Object or JsonTypeInfoKind.Enumerable when node is null && path.Length > 0:
                return [];
            default:
                return Fits(node, type) ? [] : [Misfit(path, node, type)];
        }
    }

    private static IEnumerable<string> FaultsOf(JsonObject instance, JsonTypeInfo type, string path)
    {
        var discriminator = type.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (discriminator is not null)
        {
            var known = type.PolymorphismOptions!.DerivedTypes.ToDictionary(derived => (string)derived.TypeDiscriminator!, derived => derived.DerivedType);
            var name = instance[discriminator]?.GetValueKind() == JsonValueKind.String ? (string)instance[discriminator]! : "";
            if (!known.TryGetValue(name, out var derivedType))
            {
                yield return $"{Subject(Join(path, discriminator))} is {instance[discriminator]?.ToJsonString() ?? "missing"}, expected one of {string.Join(", ", known.Keys)}{NearestName.Hint(name, known.Keys)}";
                yield break;
            }

            type = type.Options.GetTypeInfo(derivedType);
        }

        // A property that can be neither read nor written is one that JSON leaves out.
        var properties = type.Properties.Where(property => property.Get is not null || property.Set is not null).ToDictionary(property => property.Name);
        foreach (var (key, value) in instance.Where(pair => pair.Key != discriminator))
        {
            if (!properties.TryGetValue(key, out var property))
            {
                yield return $"{Subject(Join(path, key))} is not known; {(NearestName.Find(key, properties.Keys) is { } nearest ? $"did you mean '{nearest}'?" : $"known are {string.Join(", ", properties.Keys)}")}";
                continue;
            }

            var valueType = type.Options.GetTypeInfo(property.PropertyType);
            if (value is null && !property.IsSetNullable)
            {
                yield return Misfit(Join(path, key), value, valueType);
                continue;
            }

            foreach (var fault in Faults(value, valueType, Join(path, key)))
            {
                yield return fault;
            }
        }
    }

    private static bool Fits(JsonNode? node, JsonTypeInfo type)
    {
        try
        {
            return node.Deserialize(type) is not null || node is null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Misfit(string path, JsonNode? node, JsonTypeInfo type) =>
        $"{Subject(path)} is {node?.ToJsonString() ?? "null"}, expected {Expected(type)}";

    private static string Expected(JsonTypeInfo info)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (type.IsEnum)
        {
            return $"one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}";
        }

        return (info.Kind, Type.GetTypeCode(type)) switch
        {
            (JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary, _) => "an object",
            (JsonTypeInfoKind.Enumerable, _) => "a list",
            (_, TypeCode.Boolean) => "true or false",
            (_, TypeCode.Int32 or TypeCode.Int64 or TypeCode.UInt32 or TypeCode.UInt64) => "a whole number",
            (_, TypeCode.Single or TypeCode.Double) => "a number",
            (_, TypeCode.String) => "a string",
            _ => $"a value of type {type.Name}",
        };
    }

    private static string Subject(string path) => path.Length == 0 ? "the document" : $"'{path}'";

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
