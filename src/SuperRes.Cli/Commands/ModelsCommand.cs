using System.CommandLine;
using SuperRes.Cli.Commands.Models;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres models</c>: what networks there are, what they are made of, new ones.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "The networks: which there are, what they are made of, and new weight files.")
    {
        ModelsListCommand.Create(),
        ModelsShowCommand.Create(),
        ModelsInitCommand.Create(),
    };
}
