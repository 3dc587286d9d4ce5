using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace SuperRes;

/// <summary>Reads JSON that people write: comments and trailing commas allowed, unknown keys refused with the nearest right name.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Parses text to a tree.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static JsonNode Parse(string text) =>
        JsonNode.Parse(text, new JsonNodeOptions { PropertyNameCaseInsensitive = false }, Lenient)
        ?? throw new JsonException("the document is null, expected an object");

    /// <summary>Every key below <paramref name="node"/> that the type does not have, in words; empty when all are known.</summary>
    public static IEnumerable<string> UnknownKeys(JsonNode? node, JsonTypeInfo type, string path = "")
    {
        switch (node)
        {
            case JsonArray array when type.ElementType is { } element:
                var elementType = type.Options.GetTypeInfo(element);
                return array.SelectMany((item, i) => UnknownKeys(item, elementType, $"{path}[{i}]"));
            case JsonObject instance when type.Kind == JsonTypeInfoKind.Object:
                return UnknownKeys(instance, type, path);
            default:
                return [];
        }
    }

    private static IEnumerable<string> UnknownKeys(JsonObject instance, JsonTypeInfo type, string path)
    {
        var discriminator = type.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (discriminator is not null)
        {
            var known = type.PolymorphismOptions!.DerivedTypes.ToDictionary(derived => (string)derived.TypeDiscriminator!, derived => derived.DerivedType);
            var name = (instance[discriminator] as JsonValue)?.GetValueKind() == JsonValueKind.String ? (string?)instance[discriminator] : null;
            if (name is null || !known.TryGetValue(name, out var derivedType))
            {
                yield return $"{Join(path, discriminator)} is {instance[discriminator]?.ToJsonString() ?? "missing"}, expected one of {string.Join(", ", known.Keys)}";
                yield break;
            }

            type = type.Options.GetTypeInfo(derivedType);
        }

        var properties = type.Properties.ToDictionary(property => property.Name);
        foreach (var (key, value) in instance)
        {
            if (properties.TryGetValue(key, out var property))
            {
                foreach (var fault in UnknownKeys(value, type.Options.GetTypeInfo(property.PropertyType), Join(path, key)))
                {
                    yield return fault;
                }
            }
            else if (key != discriminator)
            {
                var nearest = NearestName.Find(key, properties.Keys);
                yield return nearest is null
                    ? $"{Join(path, key)} is not known here; known are {string.Join(", ", properties.Keys)}"
                    : $"{Join(path, key)} is not known; did you mean '{nearest}'?";
            }
        }
    }

    private static string Join(string path, string key) => path.Length == 0 ? $"'{key}'" : $"'{path.Trim('\'')}.{key}'";
}
