using System.CommandLine;

namespace SuperRes.Cli.CommandLine;

/// <summary>Options that mean the same wherever they appear.</summary>
internal static class CommonOptions
{
    public const string JsonName = "--json";

    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show details, and stack traces of errors.",
        Recursive = true,
    };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Only errors on stderr.",
        Recursive = true,
    };

    /// <summary>One JSON document on stdout in place of text; commands that have a result to print add it.</summary>
    public static Option<bool> Json() => new(JsonName) { Description = "Print the result as one JSON document." };

    public static Option<int> Threads() => new("--threads")
    {
        Description = "Threads that the work may use; 0 takes every core.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };
}
