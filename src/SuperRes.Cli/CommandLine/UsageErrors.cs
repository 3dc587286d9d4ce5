using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using SuperRes.Cli.Commands;

namespace SuperRes.Cli.CommandLine;

/// <summary>Finds what is wrong with a command line and says it with the nearest right name.</summary>
internal static class UsageErrors
{
    /// <summary>One sentence for each fault; empty where the command can run.</summary>
    public static IReadOnlyList<string> Find(ParseResult parsed, string[] arguments)
    {
        // Help, the version and completions take the command line as it is.
        if (parsed.Action is not (null or ParseErrorAction) && parsed.Action != parsed.CommandResult.Command.Action)
        {
            return [];
        }

        var at = parsed.CommandResult;
        if (UnknownOptions(parsed, arguments) is { Count: > 0 } unknown)
        {
            return [.. unknown.Select(name => UnknownOption(name, at))];
        }

        // A command that does something by itself may have others below it.
        var isGroup = at.Command is { Subcommands.Count: > 0, Action: null };
        if (isGroup && parsed.UnmatchedTokens is [var first, ..])
        {
            return [UnknownCommand(first, at.Command)];
        }

        if (parsed.UnmatchedTokens is { Count: > 0 } tokens)
        {
            return [.. tokens.Select(token => $"'{token}' is more than '{PathOf(at)}' takes.")];
        }

        if (GivenToParent(at) is { Count: > 0 } given)
        {
            return [.. given.Select(name => $"{name} is for '{PathOf((CommandResult)at.Parent!)}' and stands before '{at.Command.Name}', which is another command. Leave one of them out.")];
        }

        if (EmptyValues(at) is { Count: > 0 } empty)
        {
            return [.. empty.Select(name => $"{name} is empty. Is a variable of the shell not set?")];
        }

        return parsed.Action is ParseErrorAction && isGroup
            ? [$"'{PathOf(at)}' needs a command: {string.Join(", ", at.Command.Subcommands.Select(sub => sub.Name))}."]
            : [.. parsed.Errors.Select(Text)];
    }

    /// <summary>A fault of the parser; where it names a type of .NET, in words for people.</summary>
    private static string Text(ParseError error)
    {
        if (error.SymbolResult is not OptionResult { Option: var option, Tokens: [var token, ..] } || !error.Message.Contains("System.", StringComparison.Ordinal))
        {
            return error.Message;
        }

        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        if (RangeOf(type) is { } range)
        {
            return BigInteger.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                ? $"'{option.Name}' takes a whole number {range}, and '{token.Value}' is outside of that."
                : $"'{option.Name}' takes a whole number, and '{token.Value}' is none.";
        }

        return $"'{option.Name}' takes {(type == typeof(double) ? "a number" : type.Name)}, and '{token.Value}' is none.";
    }

    private static string? RangeOf(Type type) =>
        type == typeof(int) ? $"from {int.MinValue} to {int.MaxValue}"
        : type == typeof(long) ? $"from {long.MinValue} to {long.MaxValue}"
        : type == typeof(ulong) ? $"from {ulong.MinValue} to {ulong.MaxValue}"
        : null;

    /// <summary>What was given to a command that also does something by itself, before the name of one below it.</summary>
    private static List<string> GivenToParent(CommandResult at) => at.Parent is not CommandResult parent ? [] :
    [
        .. parent.Children.SelectMany<SymbolResult, string>(result => result switch
        {
            ArgumentResult argument => argument.Tokens.Select(token => $"'{token.Value}'"),
            OptionResult { Implicit: false, Option: { Recursive: false, Name: var name } } => [name],
            _ => [],
        }),
    ];

    /// <summary>What is given an empty value, as an unset variable of the shell leaves it; nowhere but in a suffix does that mean anything.</summary>
    private static List<string> EmptyValues(CommandResult at) =>
    [
        .. at.Children.SelectMany<SymbolResult, (string Name, Token Token)>(result => result switch
        {
            ArgumentResult argument => argument.Tokens.Select(token => (argument.Argument.Name, token)),
            OptionResult option when option.Option.Name != UpscaleCommand.SuffixName => option.Tokens.Select(token => (option.Option.Name, token)),
            _ => [],
        }).Where(value => value.Token.Value.Length == 0).Select(value => value.Name).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The line that points to the help of the command.</summary>
    public static string WhereToLook(ParseResult parsed) => $"See: {PathOf(parsed.CommandResult)} --help";

    /// <summary>
    /// Arguments that take many values swallow mistyped options as values, so those are looked for here. What follows
    /// <c>--</c> is never an option, and <c>-</c> is stdin.
    /// </summary>
    private static List<string> UnknownOptions(ParseResult parsed, string[] arguments)
    {
        var literal = arguments.SkipWhile(argument => argument != "--").Skip(1).ToHashSet(StringComparer.Ordinal);
        return [.. parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(result => result.Tokens).Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens)
            .Where(value => value.Length > 1 && value[0] == '-' && !literal.Contains(value))
            .Distinct(StringComparer.Ordinal)];
    }

    private static string UnknownOption(string token, CommandResult at)
    {
        var name = token.Split('=', ':')[0];
        var known = OptionsOf(at).Where(option => !option.Hidden).SelectMany(option => option.Aliases.Prepend(option.Name));
        return File.Exists(token)
            ? $"'{token}' is read as an option. If the file of that name is meant, put it last, after '--': {PathOf(at)} … -- {token}"
            : $"'{name}' is not an option of '{PathOf(at)}'.{DidYouMean(NearestName.Find(name, known))}";
    }

    private static string UnknownCommand(string token, Command command)
    {
        var known = command.Subcommands.Select(sub => sub.Name).ToList();
        return $"'{token}' is not a command.{DidYouMean(NearestName.Find(token, known))} Commands: {string.Join(", ", known)}.";
    }

    private static string DidYouMean(string? nearest) => nearest is null ? "" : $" Did you mean '{nearest}'?";

    private static IEnumerable<Option> OptionsOf(CommandResult at)
    {
        foreach (var option in at.Command.Options)
        {
            yield return option;
        }

        for (var parent = at.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            foreach (var option in parent.Command.Options.Where(option => option.Recursive))
            {
                yield return option;
            }
        }
    }

    private static string PathOf(CommandResult at) =>
        at.Parent is CommandResult parent ? $"{PathOf(parent)} {at.Command.Name}" : Root.Name;
}
