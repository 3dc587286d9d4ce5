using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.ModelFiles;

namespace SuperRes.Cli.Commands.Models;

/// <summary>The model file that a command writes.</summary>
internal static class ModelOutput
{
    public static Option<string> Option() => new("--output", "-o") { Description = "The file to write; one that is there is replaced.", HelpName = "FILE", Required = true };

    /// <exception cref="CommandException">The file can't be written.</exception>
    public static void Save(Model model, string path)
    {
        try
        {
            ModelFile.Save(model, path);
        }
        catch (ModelFileException exception)
        {
            throw CommandException.Failed(exception.Message, exception);
        }
    }
}
