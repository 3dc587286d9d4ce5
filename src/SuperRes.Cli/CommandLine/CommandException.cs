namespace SuperRes.Cli.CommandLine;

/// <summary>
/// Ends a command with one clear line on stderr and an exit code. The message says what was got, what was expected and
/// what to do next; it is shown as it is.
/// </summary>
internal sealed class CommandException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The command line is wrong.</summary>
    public static CommandException Usage(string message, Exception? inner = null) => new(CommandLine.ExitCode.WrongUsage, message, inner);

    /// <summary>The input is wrong, and with it the whole command.</summary>
    public static CommandException Failed(string message, Exception? inner = null) => new(CommandLine.ExitCode.SomeFailed, message, inner);

    /// <summary>Not on this machine or in this build.</summary>
    public static CommandException CannotRunHere(string message, Exception? inner = null) => new(CommandLine.ExitCode.CannotRunHere, message, inner);
}
