using System.CommandLine;
using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Commands;

/// <summary>
/// <c>superres completion</c>: the script that lets a shell complete the command. The scripts ask the command itself
/// (<c>[suggest:POSITION] LINE</c>), so they never go out of date.
/// </summary>
internal static class CompletionCommand
{
    // Where no option is being typed, options and their '/h' forms are dropped, so that the shell goes on to file names.
    private const string Bash = """
        _superres() {
            local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}" found
            found=$(superres "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
            [[ $word == -* ]] || found=$(grep -v '^[-/]' <<< "$found")
            COMPREPLY=($(compgen -W "$found" -- "$word"))
        }
        complete -o default -o bashdefault -F _superres superres
        """;

    private const string Zsh = """
        #compdef superres
        _superres() {
            local -a found
            found=("${(@f)$(superres "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            [[ $words[CURRENT] == -* ]] || found=("${(@)found:#[-\/]*}")
            compadd -- $found
            [[ $words[CURRENT] == -* ]] || _files
        }
        if [[ $funcstack[1] == _superres ]]; then
            _superres "$@"  # loaded as a file of $fpath, which is the function's body: the first completion
        else
            compdef _superres superres
        fi
        """;

    private const string Fish = """
        complete -c superres -a '(superres "[suggest:"(string length -- (commandline -cp))"]" (commandline -cp | string collect) 2>/dev/null | string match -v -r "^/")'
        """;

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { HelpName = "SHELL", Description = $"{string.Join(", ", Scripts.Keys)}." };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        var command = new Command("completion", "Print the script that completes this command in a shell.") { shell };
        return command.Handle((context, _) =>
        {
            var name = context.Get(shell)!;
            if (!Scripts.TryGetValue(name, out var script))
            {
                throw CommandException.Usage($"'{name}' is no shell this knows. Known: {string.Join(", ", Scripts.Keys)}.");
            }

            context.Output.WriteLine(script);
            return Task.FromResult(ExitCode.Done);
        });
    }
}
