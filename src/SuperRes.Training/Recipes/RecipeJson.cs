using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SuperRes.Training.Recipes;

/// <summary>How recipes are written: camelCase, enumerations as words.</summary>
/// <remarks>
/// By reflection, not by source generation: generated readers give an absent init-only property its type's zero instead
/// of the record's default (dotnet/runtime issue 84484).
/// </remarks>
internal static class RecipeJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    public static JsonTypeInfo<Recipe> Recipe { get; } = (JsonTypeInfo<Recipe>)Options.GetTypeInfo(typeof(Recipe));

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = true,
            AllowOutOfOrderMetadataProperties = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }
}
