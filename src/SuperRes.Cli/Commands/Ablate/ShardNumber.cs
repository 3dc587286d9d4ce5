using System.CommandLine;
using System.Globalization;
using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Commands.Ablate;

/// <summary>One part of several, from 1: <c>2/8</c>.</summary>
internal sealed record ShardNumber(int Index, int Count)
{
    public static Option<ShardNumber?> Option() => new("--shard")
    {
        Description = "Only part i of n of the runs, as in --shard 2/8, for the jobs of a cluster's array.",
        HelpName = "i/n",
        CustomParser = result => Parse(result.Tokens[0].Value)
            ?? CommonOptions.Fail<ShardNumber?>(result, $"'{result.Tokens[0].Value}' is no part. Give its number and how many there are, such as 2/8; the first is 1/8."),
    };

    public static ShardNumber? Parse(string text) =>
        text.Split('/') is [var index, var count]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && i >= 1 && i <= n
            ? new ShardNumber(i, n)
            : null;
}
