using SuperRes.Cli.CommandLine;
using SuperRes.Imaging;
using SuperRes.Imaging.Data;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Training;
using SuperRes.Training.Recipes;

namespace SuperRes.Cli.Commands.Training;

/// <summary>How a training or an experiment that could not begin, or go on, ends the command.</summary>
internal static class TrainingFailure
{
    /// <summary>Whether the message is for the person who started it.</summary>
    public static bool IsTold(Exception exception) =>
        exception is RecipeException or TrainingException or DatasetException or GraphException or ModelFileException or ImageFileException or InvalidDataException;

    /// <summary>The command's end: a failure where it broke down on its way or a disk would not have it, wrong usage where what was asked for can't be done.</summary>
    public static CommandException Of(Exception exception) => exception is TrainingException { BrokeDown: true } || IsOfTheDisk(exception)
        ? CommandException.Failed(exception.Message, exception)
        : CommandException.Usage(exception.Message, exception);

    /// <summary>A file that is not there is one that was named wrongly.</summary>
    private static bool IsOfTheDisk(Exception exception) => exception is TrainingException or ModelFileException
        && exception.InnerException is UnauthorizedAccessException or (IOException and not FileNotFoundException and not DirectoryNotFoundException and not ImageFileException);
}
