using System.Text.Json.Serialization;

namespace SuperRes.Evaluation.Studies;

/// <summary>Compile-time JSON code for studies.</summary>
[JsonSourceGenerationOptions(
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StudyReport))]
[JsonSerializable(typeof(StudyCell))]
[JsonSerializable(typeof(StudyTime))]
[JsonSerializable(typeof(List<StudyBaseline>))]
internal sealed partial class StudyJsonContext : JsonSerializerContext;
