using System.CommandLine;
using SuperRes.Cli.Commands.Runs;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres runs</c>: what training runs there are, how they went, and what they differ in.</summary>
internal static class RunsCommand
{
    public static Command Create() => new("runs", "Training runs: which there are, how each went, and what they differ in.")
    {
        RunsListCommand.Create(),
        RunsShowCommand.Create(),
        RunsCompareCommand.Create(),
    };
}
