namespace SuperRes.Cli.CommandLine;

/// <summary>Progress of one piece of work, shown on stderr until disposed. May be called from several threads.</summary>
internal interface IProgressDisplay : IDisposable
{
    /// <summary>Tells the amount done so far, in the unit of the total, and optionally what is in work now.</summary>
    void Report(double done, string? now = null);

    /// <summary>Writes a line where there is no bar to watch: in logs and pipes. Silent with <c>--quiet</c>.</summary>
    void Log(string text);

    /// <summary>Writes a line for the record: above the bar on a terminal, plainly otherwise. Silent with <c>--quiet</c>.</summary>
    void WriteLine(string text);

    /// <summary>Writes what went wrong, as <see cref="WriteLine"/> does, but never silently.</summary>
    void WriteError(string text);
}
