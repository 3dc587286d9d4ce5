using System.CommandLine;
using System.Text.Json;

namespace SuperRes.Cli.CommandLine;

/// <summary>What a command's handler is given: the parsed values, the streams, and the switches that every command has.</summary>
internal sealed class CommandContext(ParseResult values, Terminal terminal)
{
    public Terminal Terminal { get; } = terminal;

    /// <summary>Results, as text. With <c>--json</c> only <see cref="WriteJson"/> writes here.</summary>
    public TextWriter Output => Terminal.Output;

    /// <summary>Exactly one JSON document goes to stdout, and nothing else.</summary>
    public bool Json { get; } = values.GetValue<bool>(CommonOptions.JsonName);

    /// <summary>Stack traces and details are wanted.</summary>
    public bool Verbose { get; } = values.GetValue(CommonOptions.Verbose);

    /// <summary>Only errors go to stderr.</summary>
    public bool Quiet { get; } = values.GetValue(CommonOptions.Quiet);

    /// <summary>The command as it was typed, to be given again.</summary>
    public string CommandLine => ShellText.Of([Commands.Root.Name, .. values.Tokens.Select(token => token.Value)]);

    public T? Get<T>(Option<T> option) => values.GetValue(option);

    public T? Get<T>(Argument<T> argument) => values.GetValue(argument);

    /// <summary>Whether the user typed the option.</summary>
    public bool IsGiven(Option option) => values.GetResult(option) is { Implicit: false };

    /// <summary>A message to the person: progress in words, a note. Silent with <c>--quiet</c>.</summary>
    public void Message(string text)
    {
        if (!Quiet)
        {
            Error(text);
        }
    }

    /// <summary>An error that does not end the command.</summary>
    public void Error(string text)
    {
        // Results told before come before it where both go to one place ('2>&1 | tee'), and no line of theirs is cut in two.
        // Where they can't be written, that is told when all of them are.
        try
        {
            Terminal.Output.Flush();
        }
        catch (IOException)
        {
        }

        Terminal.Error.WriteLine(text);
    }

    /// <summary>Writes the command's one JSON document, UTF-8, invariant culture.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write) => JsonOutput.Write(Terminal, write);

    /// <summary>
    /// Shows how far the work is: a bar with the time left on a terminal, nothing otherwise (there, commands write plain
    /// lines with <see cref="Message"/> as items finish).
    /// </summary>
    /// <param name="title">What is being done, a few words.</param>
    /// <param name="total">The amount of work, in any unit.</param>
    public IProgressDisplay StartProgress(string title, double total) =>
        Terminal.ErrorIsTerminal && !Quiet
            ? LiveProgress.Start(Terminal.RawError, title, total)
            : new PlainProgress(Terminal.Error, Quiet);
}
