using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
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
        try
        {
            if (UsageErrors.Find(parsed, arguments) is { Count: > 0 } errors)
            {
                return UsageErrors.Write(errors, parsed, terminal);
            }

            return await parsed.InvokeAsync(new AppConfiguration(terminal), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return Report(exception, parsed.GetValue(CommonOptions.Verbose), terminal.Error, cancellationToken);
        }
        finally
        {
            FlushUnlessClosed(terminal);
        }
    }

    private static int Report(Exception exception, bool verbose, TextWriter error, CancellationToken cancellationToken)
    {
        var (code, message) = exception switch
        {
            OperationCanceledException when cancellationToken.IsCancellationRequested => (ExitCode.Interrupted, "Interrupted."),
            CommandException command => (command.ExitCode, command.Message),
            OutOfMemoryException => (ExitCode.CannotRunHere, "Not enough memory. Close other programs, or use a smaller scale or image."),
            IOException or UnauthorizedAccessException => (ExitCode.SomeFailed, exception.Message),
            _ => (ExitCode.SomeFailed, $"{exception.GetType().Name}: {exception.Message} (a fault in superres: please report it with the output of --verbose)"),
        };
        error.WriteLine($"superres: {message}");
        if (verbose && code != ExitCode.Interrupted)
        {
            error.WriteLine(exception);
        }

        return code;
    }

    private static void FlushUnlessClosed(Terminal terminal)
    {
        try
        {
            terminal.Flush();
        }
        catch (IOException)
        {
            // The reader of the pipe has gone ('| head'); there is nobody left to tell.
        }
    }
}
