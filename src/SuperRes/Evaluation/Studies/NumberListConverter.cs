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
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(reader.TokenType == JsonTokenType.Number
                ? reader.GetDouble()
                : double.Parse(reader.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        return [.. numbers];
    }

    public override void Write(Utf8JsonWriter writer, double[] value, JsonSerializerOptions options) =>
        writer.WriteRawValue($"[{string.Join(", ", value.Select(Text))}]");

    private static string Text(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? text : $"\"{text}\"";
    }
}
