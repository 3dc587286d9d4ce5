using System.Text.Json.Serialization;

namespace SuperRes.Imaging.Data.Preparation;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SubImageManifest))]
internal sealed partial class PreparationJson : JsonSerializerContext;

/// <summary>The journal's form: one line an entry.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SubImageManifest))]
[JsonSerializable(typeof(SubImageSource))]
internal sealed partial class JournalJson : JsonSerializerContext;
