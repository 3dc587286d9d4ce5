using System.CommandLine;

namespace SuperRes.Cli.CommandLine;

/// <summary>Ties a command to its handler.</summary>
internal static class CommandExtensions
{
    /// <summary>
    /// Sets what the command does. The handler returns an <see cref="ExitCode"/>; it throws <see cref="CommandException"/>
    /// to end with a message, and lets <see cref="OperationCanceledException"/> through.
    /// </summary>
    public static Command Handle(this Command command, Func<CommandContext, CancellationToken, Task<int>> handler)
    {
        command.SetAction((values, cancellationToken) =>
            handler(new CommandContext(values, (values.InvocationConfiguration as AppConfiguration)!.Terminal), cancellationToken));
        return command;
    }
}
