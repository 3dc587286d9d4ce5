using System.Text.Json;
using System.Text.Json.Serialization;

namespace SuperRes.Networks;

/// <summary>
/// Writes an enumeration as a camelCase string and reads nothing else. <see cref="JsonStringEnumConverter{T}"/> does more, and is
/// compiled anew for every enumeration whenever the program starts: 15 ms of upscaling a small image.
/// </summary>
internal sealed class CamelCaseEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();
    private static readonly string[] Names = Array.ConvertAll(Values, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            for (var i = 0; i < Names.Length; i++)
            {
                if (reader.ValueTextEquals(Names[i]))
                {
                    return Values[i];
                }
            }
        }

        // Without a message of its own the serializer says what could not be read, and where.
        throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Names[Array.IndexOf(Values, value)]);
}
