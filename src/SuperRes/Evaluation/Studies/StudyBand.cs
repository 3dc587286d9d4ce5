using System.Text.Json.Serialization;

namespace SuperRes.Evaluation.Studies;

/// <summary>The error in one band of frequency.</summary>
/// <param name="Errors">Root mean squared error per image, 8-bit levels of luma.</param>
public sealed record StudyBand([property: JsonConverter(typeof(NumberListConverter))] double[] Errors);
