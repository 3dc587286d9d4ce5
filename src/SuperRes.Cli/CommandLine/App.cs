using System.CommandLine;
using System.Globalization;
using SuperRes.Cli.Commands;

namespace SuperRes.Cli.CommandLine;

/// <summary>The whole command: arguments and streams in, exit code out.</summary>
internal static class App
{
    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        // What a machine or a colleague reads must not depend on where it was written.
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var parsed = Root.Create().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var exitCode = ExitCode.SomeFailed;
        try
        {
            exitCode = await RunAsync(parsed, arguments, terminal, cancellationToken).ConfigureAwait(false);
            terminal.Flush();
            return exitCode;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk behind stdout; the reader of a pipe who has gone ('| head') throws nothing.
            terminal.Error.WriteLine($"superres: What was found can't be written to stdout: {exception.Message}");
            return exitCode == ExitCode.Done ? ExitCode.SomeFailed : exitCode;
        }
    }

    private static async Task<int> RunAsync(ParseResult parsed, string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            if (UsageErrors.Find(parsed, arguments) is { Count: > 0 } errors)
            {
                return Fail(ExitCode.WrongUsage, string.Join('\n', errors), UsageErrors.WhereToLook(parsed), WantsJson(parsed, arguments), terminal);
            }

            return await parsed.InvokeAsync(new AppConfiguration(terminal), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(ExitCode.Interrupted, "Interrupted.", null, WantsJson(parsed, arguments), terminal);
        }
        catch (Exception exception)
        {
            var details = parsed.GetValue(CommonOptions.Verbose) ? exception.ToString() : null;
            return Fail(ExitCodeOf(exception), FailureText.Of(exception), details, WantsJson(parsed, arguments), terminal);
        }
    }

    private static int ExitCodeOf(Exception exception) => exception switch
    {
        CommandException command => command.ExitCode,
        OutOfMemoryException => ExitCode.CannotRunHere,
        _ => ExitCode.SomeFailed,
    };

    /// <summary>Whether a JSON document is asked for, also by a command line that can't be parsed.</summary>
    private static bool WantsJson(ParseResult parsed, string[] arguments) => parsed.Errors.Count == 0
        ? parsed.GetValue<bool>(CommonOptions.JsonName)
        : arguments.TakeWhile(argument => argument != "--")
            .Any(argument => argument == CommonOptions.JsonName || (argument.StartsWith(CommonOptions.JsonName, StringComparison.Ordinal) && argument[CommonOptions.JsonName.Length..] is "=true" or ":true"));

    /// <summary>Says on stderr what went wrong; who asked for a JSON document gets one that says so too.</summary>
    private static int Fail(int exitCode, string error, string? details, bool json, Terminal terminal)
    {
        terminal.Error.WriteLine($"superres: {error}{(details is null ? "" : "\n" + details)}");
        if (json)
        {
            JsonOutput.Write(terminal, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("error", error);
                writer.WriteNumber("exitCode", exitCode);
                writer.WriteEndObject();
            });
        }

        return exitCode;
    }
}
