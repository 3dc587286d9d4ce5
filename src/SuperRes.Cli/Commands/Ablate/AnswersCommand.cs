using System.CommandLine;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Evaluation.Statistics;
using SuperRes.Evaluation.Studies;
using SuperRes.Evaluation.Studies.Reports;

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

        if (context.Json)
        {
            context.WriteJson(json => Write(json, answers));
        }
        else
        {
            Write(context.Output, answers);
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

    private static void Write(TextWriter output, StudyAnswers answers)
    {
        output.WriteLine($"PSNR in dB on {answers.Dataset}, protocol {answers.Protocol}");
        foreach (var question in answers.Questions)
        {
            output.WriteLine();
            output.WriteLine(question.Key);
            var table = new TextTable("  network", ">steps", ">seeds", ">difference", ">over seeds", ">over seeds and images", ">p", "report");
            foreach (var answer in question)
            {
                var (seeds, crossed) = (answer.Difference.Seeds, answer.Difference.Crossed);
                table.Add(
                    $"  {answer.Question.Network}", $"{answer.Steps}", $"{seeds.Seeds}", StudyText.Signed(seeds.Mean, "0.000"), StudyText.Interval(seeds.Interval, "0.000"),
                    StudyText.Interval(crossed?.Interval, "0.000"), StudyText.P(answer.Question.AdjustedP), answer.Source);
            }

            table.WriteTo(output);
        }
    }

    private static void Write(Utf8JsonWriter json, StudyAnswers answers)
    {
        json.WriteStartObject();
        json.WriteString("dataset", answers.Dataset);
        json.WriteString("protocol", answers.Protocol);
        json.WriteNumber("level", answers.Level);
        json.WriteStartArray("answers");
        foreach (var answer in answers.All)
        {
            json.WriteStartObject();
            json.WriteString("report", answer.Source);
            json.WriteString("network", answer.Question.Network);
            json.WriteString("variant", answer.Question.Variant);
            json.WriteString("against", answer.Question.Against);
            json.WriteNumber("steps", answer.Steps);
            json.WriteNumber("seeds", answer.Difference.Seeds.Seeds);
            JsonOutput.WriteReal(json, "difference", answer.Difference.Seeds.Mean);
            Write(json, "overSeeds", answer.Difference.Seeds.Interval);
            Write(json, "overSeedsAndImages", answer.Difference.Crossed?.Interval);
            JsonOutput.WriteReal(json, "p", answer.Question.AdjustedP);
            json.WriteString("sentence", answer.Question.Sentence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Interval? interval)
    {
        if (interval is not { } ends)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        json.WriteNumberValue(ends.Low);
        json.WriteNumberValue(ends.High);
        json.WriteEndArray();
    }
}
