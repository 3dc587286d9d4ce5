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
                return Fail(ExitCode.WrongUsage, [.. errors, UsageErrors.WhereToLook(parsed)], arguments, terminal);
            }

            return await parsed.InvokeAsync(new AppConfiguration(terminal), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(ExitCode.Interrupted, ["Interrupted."], arguments, terminal);
        }
        catch (Exception exception)
        {
            string[] lines = parsed.GetValue(CommonOptions.Verbose) ? [FailureText.Of(exception), exception.ToString()] : [FailureText.Of(exception)];
            return Fail(ExitCodeOf(exception), lines, arguments, terminal);
        }
    }

    private static int ExitCodeOf(Exception exception) => exception switch
    {
        CommandException command => command.ExitCode,
        OutOfMemoryException => ExitCode.CannotRunHere,
        _ => ExitCode.SomeFailed,
    };

    /// <summary>Says on stderr what went wrong; who asked for a JSON document gets one that says so too.</summary>
    private static int Fail(int exitCode, string[] lines, string[] arguments, Terminal terminal)
    {
        terminal.Error.WriteLine($"superres: {string.Join('\n', lines)}");
        if (arguments.Contains(CommonOptions.JsonName))
        {
            JsonOutput.Write(terminal, json =>
            {
                json.WriteStartObject();
                json.WriteString("error", lines[0]);
                json.WriteNumber("exitCode", exitCode);
                json.WriteEndObject();
            });
        }

        return exitCode;
    }
}
