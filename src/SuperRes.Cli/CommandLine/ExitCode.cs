namespace SuperRes.Cli.CommandLine;

/// <summary>What the process returns; documented in the README, so scripts depend on it.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Some inputs failed, and the others are done; or a result can't be written.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command line or a value in it is wrong; nothing was done.</summary>
    public const int WrongUsage = 2;

    /// <summary>Right as asked, but not on this machine or in this build.</summary>
    public const int CannotRunHere = 3;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
