using System.Text.Json;
using System.Text.Json.Serialization;

namespace SuperRes.Evaluation.Statistics;

/// <summary>Reads and writes <see cref="Interval"/> as <c>[low, high]</c>, infinities as strings.</summary>
internal sealed class IntervalJsonConverter : JsonConverter<Interval>
{
    public override Interval Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var ends = JsonSerializer.Deserialize(ref reader, ReportJsonContext.Default.DoubleArray);
        return ends is [var low, var high]
            ? new Interval(low, high)
            : throw new JsonException($"An interval is [low, high], got {ends?.Length ?? 0} numbers.");
    }

    public override void Write(Utf8JsonWriter writer, Interval value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, [value.Low, value.High], ReportJsonContext.Default.DoubleArray);
}
