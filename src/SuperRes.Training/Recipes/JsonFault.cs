using System.Text.Json;
using System.Text.RegularExpressions;

namespace SuperRes.Training.Recipes;

/// <summary>What is wrong with JSON that a person wrote, with the numbers that editors show.</summary>
internal static partial class JsonFault
{
    /// <summary>One line: <c>'espcn.json', line 3, column 12: '}' is invalid after a property name.</c></summary>
    /// <param name="source">What has the fault: a file's path.</param>
    /// <param name="exception">The reader's, which counts from 0 and says so at the end of its message.</param>
    public static string Of(string source, JsonException exception)
    {
        var message = Tail().Replace(exception.Message, "");
        if (Missing().Match(message) is { Success: true } missing)
        {
            return $"'{source}': {missing.Groups[1].Value} must be given.";
        }

        // A tree that is read again is one line without the text's places.
        return exception is { LineNumber: { } line, BytePositionInLine: var column } && (line > 0 || exception.Path is null)
            ? FormattableString.Invariant($"'{source}', line {line + 1}, column {column + 1}: {message}")
            : $"'{source}': {message}";
    }

    [GeneratedRegex(@"( Path: .*?( \||\.))?( ?LineNumber: \d+ \| BytePositionInLine: \d+\.)?$")]
    private static partial Regex Tail();

    [GeneratedRegex(@"was missing required properties including: (.*?)\.?$")]
    private static partial Regex Missing();
}
