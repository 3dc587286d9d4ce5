namespace SuperRes.Cli.CommandLine;

/// <summary>A folder that a command will write into.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder where it is absent, and finds out by a file of one byte whether it can be written to: before the work, not after it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="option">What names it, for the message.</param>
    /// <exception cref="CommandException">It can't be made or written to.</exception>
    public static void Prepare(string path, string option)
    {
        try
        {
            Directory.CreateDirectory(path);
            using var probe = new FileStream(
                OutputPath.TemporaryFor(Path.Combine(Path.GetFullPath(path), "probe")), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            probe.WriteByte(0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"The folder '{path}' of {option} can't be written to: {FailureText.Of(exception)}", exception);
        }
    }
}
