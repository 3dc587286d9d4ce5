using System.CommandLine;
using SuperRes.Cli.Commands.Models;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres models</c>: what networks there are, what they are made of, new ones, and other formats.</summary>
internal static class ModelsCommand
{
    public static Command Create() => new("models", "The networks: which there are, what they are made of, new weight files, and ONNX files.")
    {
        ModelsListCommand.Create(),
        ModelsShowCommand.Create(),
        ModelsInitCommand.Create(),
        ModelsExportCommand.Create(),
        ModelsPackCommand.Create(),
        ModelsBlendCommand.Create(),
    };
}
