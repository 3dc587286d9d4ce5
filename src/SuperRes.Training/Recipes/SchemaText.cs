using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace SuperRes.Training.Recipes;

/// <summary>JSON schemas of the files that people write, for editors: made from the records that the loader reads into.</summary>
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

    /// <summary>The loader refuses unknown keys, and so does the schema.</summary>
    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is JsonObject schema && schema.ContainsKey("properties") && context.TypeInfo.PolymorphismOptions is null)
        {
            schema["additionalProperties"] = false;
        }

        return node;
    }
}
