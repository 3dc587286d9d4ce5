using System.Text.Json;
using System.Text.RegularExpressions;

namespace SuperRes;

/// <summary>What is wrong with JSON that a person wrote, in the words and with the numbers that editors show: the reader's own sentences count from 0.</summary>
internal static partial class JsonFault
{
    /// <summary>One line: <c>'espcn.json', line 3, column 12: '}' is invalid after a property name.</c></summary>
    /// <param name="source">What has the fault: a file's path.</param>
    /// <param name="exception">The reader's, which says the place at the end of its message.</param>
    public static string Of(string source, JsonException exception)
    {
        // A tree that is read again is one line without the text's places, and what is missing has none.
        var hasPlace = exception is { LineNumber: { } read } && (read > 0 || exception.Path is null) && MissingIn(exception) is null;
        return hasPlace
            ? FormattableString.Invariant($"'{source}', line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}: {Reason(exception)}")
            : $"'{source}': {Reason(exception)}";
    }

    /// <summary>The sentence without the place.</summary>
    public static string Reason(JsonException exception) =>
        MissingIn(exception) is { } names ? $"{names} must be given."
        : exception.Message.Contains("isFinalBlock", StringComparison.Ordinal) || exception.Message.StartsWith("Expected depth to be zero", StringComparison.Ordinal) ? "it ends before it is whole."
        : WithoutPlace(exception);

    private static string? MissingIn(JsonException exception) =>
        Missing().Match(WithoutPlace(exception)) is { Success: true } missing ? missing.Groups[1].Value : null;

    private static string WithoutPlace(JsonException exception) => Place().Replace(exception.Message, "");

    [GeneratedRegex(@"( Path: .*?( \||\.))?( ?LineNumber: \d+ \| BytePositionInLine: \d+\.)?$")]
    private static partial Regex Place();

    [GeneratedRegex(@"was missing required properties including: (.*?)\.?$")]
    private static partial Regex Missing();
}
