using System.Text.Json.Serialization;

namespace SuperRes.Evaluation.Runs;

/// <summary>How the records of a run are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StepMetrics))]
[JsonSerializable(typeof(ValidationMetrics))]
[JsonSerializable(typeof(RunManifest))]
internal sealed partial class RunJson : JsonSerializerContext;
