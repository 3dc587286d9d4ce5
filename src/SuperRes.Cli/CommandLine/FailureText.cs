using SuperRes.Imaging.Data;
using SuperRes.ModelFiles;
using SuperRes.Upscaling;

namespace SuperRes.Cli.CommandLine;

/// <summary>What to tell a person about an exception.</summary>
internal static class FailureText
{
    private const int WrittenHere = unchecked((int)0x80131620); // COR_E_IO: an IOException that was given a sentence and no error of the system's

    /// <summary>One line: the message where it was written for people, with a way out where the system wrote it, and a request to report it where it was for nobody.</summary>
    public static string Of(Exception exception) => exception switch
    {
        UnauthorizedAccessException => $"{Sentence(exception)} Check the permissions of the file and its folder, or name another place.",
        FileNotFoundException or DirectoryNotFoundException => $"{Sentence(exception)} Check the path.",
        IOException when exception.GetType() == typeof(IOException) && exception.HResult != WrittenHere => $"{Sentence(exception)} Check the path, its permissions and the free space.",
        CommandException or UpscalingException or ModelFileException or DatasetException or IOException or NotSupportedException => exception.Message,
        OutOfMemoryException => "Not enough memory. Close other programs, or ask for a smaller size.",
        _ => $"{exception.GetType().Name}: {exception.Message} (a fault in superres: please report it with the output of --verbose)",
    };

    private static string Sentence(Exception exception) => $"{exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}.";
}
