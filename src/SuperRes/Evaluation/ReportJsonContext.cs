using System.Text.Json.Serialization;

namespace SuperRes.Evaluation;

/// <summary>Compile-time JSON code for reports: nothing is reflected on, so trimmed and AOT programs read and write them too.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(double[]))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
