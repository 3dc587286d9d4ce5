namespace SuperRes.Cli.CommandLine;

/// <summary>Progress for logs and pipes: only the lines.</summary>
internal sealed class PlainProgress(TextWriter error, bool quiet) : IProgressDisplay
{
    public void Report(double done, string? now = null)
    {
    }

    public void Log(string text) => WriteLine(text);

    public void WriteLine(string text)
    {
        if (!quiet)
        {
            WriteError(text);
        }
    }

    public void WriteError(string text) => error.WriteLine(text);

    public void Dispose()
    {
    }
}
