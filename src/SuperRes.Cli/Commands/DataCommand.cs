using System.CommandLine;
using SuperRes.Cli.Commands.Data;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres data</c>: everything about data sets.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Data sets: what is known, fetch, cut into sub-images, check, compare.")
    {
        ListCommand.Create(),
        GetCommand.Create(),
        PrepareCommand.Create(),
        CheckCommand.Create(),
        LeaksCommand.Create(),
    };
}
