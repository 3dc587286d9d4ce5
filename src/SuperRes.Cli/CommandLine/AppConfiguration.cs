using System.CommandLine;

namespace SuperRes.Cli.CommandLine;

/// <summary>Carries the streams to the handlers. Exceptions and signals are <see cref="App"/>'s.</summary>
internal sealed class AppConfiguration : InvocationConfiguration
{
    public AppConfiguration(Terminal terminal)
    {
        Terminal = terminal;
        Output = terminal.Output;
        Error = terminal.Error;
        EnableDefaultExceptionHandler = false;
        ProcessTerminationTimeout = null;
    }

    public Terminal Terminal { get; }
}
