using System.Globalization;

namespace SuperRes.Benchmarks;

/// <summary>The arguments of the commands that let contestants take turns: <c>rounds=N</c>, and names.</summary>
internal static class TurnArguments
{
    /// <summary>N of <c>rounds=N</c>, or <paramref name="otherwise"/>.</summary>
    public static int Rounds(string[] arguments, int otherwise) => arguments
        .Select(argument => argument.Split('='))
        .Where(pair => pair[0] == "rounds")
        .Select(pair => int.Parse(pair[1], CultureInfo.InvariantCulture))
        .FirstOrDefault(otherwise);

    /// <summary>What is no setting.</summary>
    public static string[] Names(string[] arguments) => [.. arguments.Where(argument => !argument.Contains('=', StringComparison.Ordinal))];
}
