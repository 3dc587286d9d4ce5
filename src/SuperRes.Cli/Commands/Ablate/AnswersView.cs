using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Evaluation.Statistics;
using SuperRes.Evaluation.Studies;
using SuperRes.Evaluation.Studies.Reports;

namespace SuperRes.Cli.Commands.Ablate;

/// <summary>Says what several experiments answered.</summary>
internal static class AnswersView
{
    public static void Show(CommandContext context, StudyAnswers answers)
    {
        if (context.Json)
        {
            context.WriteJson(json => Write(json, answers));
        }
        else
        {
            Write(context.Output, answers);
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
                var (seeds, crossed, format) = (answer.Difference.Seeds, answer.Difference.Crossed, StudyText.Format(answer.Difference));
                table.Add(
                    $"  {answer.Question.Network}", $"{answer.Steps}", $"{seeds.Seeds}", StudyText.Signed(seeds.Mean, format), StudyText.Interval(seeds.Interval, format),
                    StudyText.Interval(crossed?.Interval, format), StudyText.P(answer.Question.AdjustedP), answer.Source);
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
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, interval, StudyJsonContext.Default.NullableInterval);
    }
}
