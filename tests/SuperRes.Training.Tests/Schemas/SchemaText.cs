using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using SuperRes.Metrics;
using SuperRes.Training.Recipes;

namespace SuperRes.Training.Tests.Schemas;

/// <summary>
/// JSON schemas of the files that people write: keys, types and defaults from the records that the loader reads into, and
/// what an editor shows beside a key from their documentation.
/// </summary>
internal static class SchemaText
{
    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema of a type as JSON text with a line feed at its end.</summary>
    public static string Of(Type type, string title)
    {
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title };
        foreach (var (key, value) in RecipeJson.Options.GetJsonSchemaAsNode(type, Options).AsObject())
        {
            schema[key] = value?.DeepClone();
        }

        schema["properties"]!["$schema"] = new JsonObject { ["type"] = "string" };
        return schema.ToJsonString(Readable) + "\n";
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
        {
            return node;
        }

        // The loader refuses unknown keys, and so does the schema.
        if (schema.ContainsKey("properties") && context.TypeInfo.PolymorphismOptions is null)
        {
            schema["additionalProperties"] = false;
        }

        if (context.PropertyInfo is { AttributeProvider: PropertyInfo property } entry)
        {
            Describe(schema, property, entry);
        }
        else if (context.BaseTypeInfo is not null && XmlDocs.Summary(context.TypeInfo.Type) is { } summary)
        {
            // One of several kinds: a network, a loss, a schedule.
            schema.Insert(0, "description", summary);
        }

        return schema;
    }

    private static void Describe(JsonObject schema, PropertyInfo property, JsonPropertyInfo entry)
    {
        if (property.Name == nameof(ValidationOptions.Protocol))
        {
            schema.Remove("type");
            schema["enum"] = new JsonArray([.. Protocols.All.Select(protocol => (JsonNode)protocol.Name)]);
        }

        if (XmlDocs.Summary(property) is { } summary)
        {
            schema.Remove("description");
            schema.Insert(0, "description", summary + Meanings(property.PropertyType));
        }

        if (!entry.IsRequired && !schema.ContainsKey("default") && Default(property) is { } value)
        {
            schema["default"] = value;
        }
    }

    /// <summary>What the words of an enumeration mean; nothing for other types.</summary>
    private static string Meanings(Type type)
    {
        var word = Nullable.GetUnderlyingType(type) ?? type.GetGenericArguments().FirstOrDefault() ?? type;
        return word.IsEnum
            ? string.Concat(Enum.GetNames(word).Select(name => $" {JsonNamingPolicy.CamelCase.ConvertName(name)}: {XmlDocs.Summary(word.GetField(name)!)}"))
            : "";
    }

    /// <summary>What a record of its defaults has; null where it has nothing, or can't be made without being told more.</summary>
    private static JsonNode? Default(PropertyInfo property) =>
        property.ReflectedType is { IsAbstract: false } type && type.GetConstructor(Type.EmptyTypes) is { } constructor && property.GetValue(constructor.Invoke([])) is { } value
            ? JsonSerializer.SerializeToNode(value, property.PropertyType, RecipeJson.Options)
            : null;
}
