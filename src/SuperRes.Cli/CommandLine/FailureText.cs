using SuperRes.Imaging.Data;
using SuperRes.ModelFiles;
using SuperRes.Upscaling;

namespace SuperRes.Cli.CommandLine;

/// <summary>What to tell a person about an exception.</summary>
internal static class FailureText
{
    /// <summary>One line: the message where it was written for people, and a request to report it where it was not.</summary>
    public static string Of(Exception exception) => exception switch
    {
        CommandException or UpscalingException or ModelFileException or DatasetException or IOException or UnauthorizedAccessException or NotSupportedException => exception.Message,
        OutOfMemoryException => "Not enough memory. Close other programs, or ask for a smaller size.",
        _ => $"{exception.GetType().Name}: {exception.Message} (a fault in superres: please report it with the output of --verbose)",
    };
}
