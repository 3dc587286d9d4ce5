using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace SuperRes.Studio.Http;

/// <summary>What is wrong with a request that could not be bound, for a person: the framework's own sentences name types of .NET and parameters of methods.</summary>
internal static partial class RequestFault
{
    private const int MostShown = 40;

    /// <summary>One sentence.</summary>
    public static string Of(HttpContext context, BadHttpRequestException exception)
    {
        if (exception.InnerException is System.Text.Json.JsonException json)
        {
            return RequestBodyFault.Of(context, json);
        }

        if (Value().Match(exception.Message) is { Success: true } value)
        {
            var (name, got) = (value.Groups[1].Value, value.Groups[2].Value);
            return got.Length == 0
                ? $"'{name}' is empty in the address. /openapi/v1.json says what it takes."
                : $"'{string.Concat(got.Take(MostShown).Select(letter => char.IsControl(letter) ? '?' : letter))}{(got.Length > MostShown ? "…" : "")}' is no value for '{name}'. /openapi/v1.json says what it takes.";
        }

        return Missing().Match(exception.Message) is { Success: true } missing ? $"'{missing.Groups[1].Value}' is missing in the address. /openapi/v1.json says what it takes."
            : exception.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal) ? "A body of JSON is expected here, and there is none. /openapi/v1.json says what it holds."
            : exception.Message;
    }

    [GeneratedRegex("""^Failed to bind parameter "\S+ (\w+)" from "(.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Value();

    [GeneratedRegex("""^Required parameter "\S+ (\w+)" was not provided""")]
    private static partial Regex Missing();
}
