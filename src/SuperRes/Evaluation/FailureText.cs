namespace SuperRes.Evaluation;

/// <summary>An exception as a person reads it in a report.</summary>
internal static class FailureText
{
    /// <summary>The message in one line, without the parameter's name that .NET appends for programmers.</summary>
    public static string Of(Exception error)
    {
        var message = error is ArgumentException { ParamName: { } parameter }
            ? error.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal)
            : error.Message;
        return string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
