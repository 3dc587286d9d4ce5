using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Evaluation.Studies;

namespace SuperRes.Cli.Commands.Ablate;

/// <summary><c>superres ablate answers</c>: what several experiments answered, side by side.</summary>
internal sealed class AnswersCommand
{
    private readonly Argument<string[]> _reports = new("REPORT")
    {
        Description = "Reports of experiments: report.json files, or folders with some in them or below.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _questions = new("--question")
    {
        Description = "Only this question, as in \"CBAM against none\"; may be repeated. Without it, every question.",
        HelpName = "QUESTION",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "A folder for answers.svg, .md, .html and .csv, which are replaced where they are there.",
        HelpName = "DIR",
    };

    public static Command Create() => new AnswersCommand().Build();

    private Command Build()
    {
        var command = new Command("answers", "What several experiments answered, side by side, in a chart and tables.") { _reports, _questions, _output, CommonOptions.Json() };
        return command.Handle((context, cancellationToken) => Task.FromResult(Run(context, cancellationToken)));
    }

    private int Run(CommandContext context, CancellationToken cancellationToken)
    {
        var answers = Collect(context, cancellationToken);
        if (context.Get(_output) is { } folder)
        {
            Write(folder, answers);
        }

        AnswersView.Show(context, answers);
        if (context.Get(_output) is { } written)
        {
            context.Message($"report: {Path.Combine(written, "answers.html")}");
        }

        return ExitCode.Done;
    }

    private StudyAnswers Collect(CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            return StudyAnswers.Of(ReportFinder.Read(context.Get(_reports)!, context.Message, cancellationToken)).Only(context.Get(_questions)!);
        }
        catch (ArgumentException exception)
        {
            throw CommandException.Usage(Evaluation.FailureText.Of(exception), exception);
        }
    }

    private static void Write(string folder, StudyAnswers answers)
    {
        if (File.Exists(folder))
        {
            throw CommandException.Usage($"'{folder}' is a file; the answers are a folder of several. Choose another -o.");
        }

        Directory.CreateDirectory(folder);
        foreach (var (file, content) in answers.Files())
        {
            File.WriteAllText(Path.Combine(folder, file), content);
        }
    }
}
