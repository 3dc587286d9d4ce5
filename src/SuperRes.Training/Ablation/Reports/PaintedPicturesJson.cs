using System.Text.Json.Serialization;

namespace SuperRes.Training.Ablation.Reports;

/// <summary>Compile-time JSON code for <see cref="PaintedPictures"/>.</summary>
[JsonSourceGenerationOptions(
    NewLine = "\n",
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(List<PaintedPictures.Painted>))]
internal sealed partial class PaintedPicturesJson : JsonSerializerContext;
