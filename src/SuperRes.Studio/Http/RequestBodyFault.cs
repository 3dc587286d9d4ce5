using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using HttpJson = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace SuperRes.Studio.Http;

/// <summary>What is wrong with the JSON of a request, for a person: the reader's own sentences name types of .NET and count from 0.</summary>
internal static partial class RequestBodyFault
{
    /// <summary>One sentence, with the place and the property.</summary>
    public static string Of(HttpContext context, JsonException exception)
    {
        var place = exception is { LineNumber: { } line, BytePositionInLine: { } column } ? FormattableString.Invariant($" (line {line + 1}, column {column + 1})") : "";
        return $"The body is not the JSON that is expected here{place}: {Reason(context, exception)}";
    }

    private static string Reason(HttpContext context, JsonException exception)
    {
        if (Unknown().Match(exception.Message) is { Success: true } unknown)
        {
            var name = unknown.Groups[1].Value;
            return $"'{name}' is not known{(NearestName.Hint(name, NamesOf(context)) is { Length: > 0 } hint ? hint : ".")}";
        }

        return exception.Message.Contains("could not be converted", StringComparison.Ordinal) && exception.Path is { Length: > 2 } path
            ? $"'{path[2..]}' has a value of another kind than is expected{Choices(context, path[2..])}."
            : JsonFault.Reason(exception);
    }

    /// <summary>The words that a property may be, where it is one of some.</summary>
    private static string Choices(HttpContext context, string name)
    {
        var declared = PropertiesOf(context).FirstOrDefault(property => property.Name == name)?.PropertyType;
        var type = declared is null ? null : Nullable.GetUnderlyingType(declared) ?? declared;
        if (type is not { IsEnum: true })
        {
            return "";
        }

        var words = OptionsOf(context).GetTypeInfo(type);
        return $": one of {string.Join(", ", Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => JsonSerializer.Serialize(Enum.ToObject(type, value), words).Trim('"')))}";
    }

    private static IEnumerable<string> NamesOf(HttpContext context) => PropertiesOf(context).Select(property => property.Name);

    /// <summary>The properties of what the endpoint takes.</summary>
    private static IEnumerable<JsonPropertyInfo> PropertiesOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type ? OptionsOf(context).GetTypeInfo(type).Properties : [];

    private static JsonSerializerOptions OptionsOf(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<HttpJson>>().Value.SerializerOptions;

    [GeneratedRegex("^The JSON property '(.*?)' could not be mapped")]
    private static partial Regex Unknown();
}
