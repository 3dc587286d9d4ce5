using System.Text.Json;
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
            ? $"'{path[2..]}' has a value of another kind than is expected."
            : JsonFault.Reason(exception);
    }

    /// <summary>The properties of what the endpoint takes.</summary>
    private static IEnumerable<string> NamesOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type
            ? context.RequestServices.GetRequiredService<IOptions<HttpJson>>().Value.SerializerOptions.GetTypeInfo(type).Properties.Select(property => property.Name)
            : [];

    [GeneratedRegex("^The JSON property '(.*?)' could not be mapped")]
    private static partial Regex Unknown();
}
