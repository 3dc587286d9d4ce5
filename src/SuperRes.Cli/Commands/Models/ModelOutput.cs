using System.CommandLine;
using SuperRes.Cli.Commands.Upscale;
using SuperRes.Cli.CommandLine;
using SuperRes.ModelFiles;

namespace SuperRes.Cli.Commands.Models;

/// <summary>The model file that a command writes.</summary>
internal static class ModelOutput
{
    public static Option<string> Option() => new("--output", "-o") { Description = "The file to write; one that is there is replaced.", HelpName = "FILE", Required = true };

    /// <summary>Refuses, before any work, a file that a model should not replace.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="inputs">Names and files of the models that it is made of.</param>
    /// <exception cref="CommandException">It is one of them, or has no model's extension.</exception>
    public static void Check(string path, params IEnumerable<string> inputs)
    {
        RefuseInputs(path, inputs);
        if (!Path.GetExtension(path).Equals(ModelFile.Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw CommandException.Usage($"'{path}' is no name of a model file. End it in {ModelFile.Extension}.");
        }
    }

    /// <exception cref="CommandException">The file is one of the models that it is made of, whatever names and links lead to it.</exception>
    public static void RefuseInputs(string path, params IEnumerable<string> inputs)
    {
        var links = new LinkedPaths();
        var target = links.Target(path);
        if (inputs.Any(input => ModelLibrary.Default.FileOf(input) is { } file && FilePaths.Comparer.Equals(links.Target(file), target)))
        {
            throw CommandException.Usage($"'{path}' is an input, and inputs are never overwritten. Choose another file.");
        }
    }

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
