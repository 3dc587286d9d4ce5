using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SuperRes.Evaluation.Studies;

/// <summary>Writes numbers in one line: hundreds of them, a line each, would bury the rest of the file.</summary>
internal sealed class NumberListConverter : JsonConverter<double[]>
{
    public override double[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var numbers = new List<double>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("Expected a list of numbers.");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(Number(ref reader));
        }

        return [.. numbers];
    }

    public override void Write(Utf8JsonWriter writer, double[] value, JsonSerializerOptions options) =>
        writer.WriteRawValue($"[{string.Join(", ", value.Select(Text))}]");

    private static double Number(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String when double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new JsonException("Expected a number."),
    };

    private static string Text(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? text : $"\"{text}\"";
    }
}
