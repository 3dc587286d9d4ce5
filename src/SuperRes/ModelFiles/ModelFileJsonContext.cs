using System.Text.Json.Serialization;

namespace SuperRes.ModelFiles;

/// <summary>
/// The JSON form of <see cref="ModelInfo"/>. Unlike options, unknown keys pass: they only tell more, and a newer version
/// may have added them.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ModelInfo))]
internal sealed partial class ModelFileJsonContext : JsonSerializerContext;
