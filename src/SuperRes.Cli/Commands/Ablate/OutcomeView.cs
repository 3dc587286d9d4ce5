using SuperRes.Cli.CommandLine;
using SuperRes.Training.Ablation;

namespace SuperRes.Cli.Commands.Ablate;

/// <summary>Says what an experiment found.</summary>
internal static class OutcomeView
{
    public static void Show(CommandContext context, string path, AblationOutcome outcome)
    {
        var report = Path.Combine(path, "report.html");
        if (context.Json)
        {
            WriteJson(context, path, outcome);
            return;
        }

        foreach (var question in outcome.Report.Questions)
        {
            context.Output.WriteLine(question.Sentence);
        }

        if (outcome.Missing.Count > 0)
        {
            context.Output.WriteLine($"{Counted.Of(outcome.Missing.Count, "run")} still to be done, by the other parts or by starting this again.");
        }

        if (outcome.Failed.Count > 0)
        {
            context.Error($"{Counted.Of(outcome.Failed.Count, "run")} failed; the report says why. Starting again tries again.");
        }

        context.Output.WriteLine($"report: {report}");
    }

    private static void WriteJson(CommandContext context, string path, AblationOutcome outcome) => context.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("run", path);
        json.WriteString("report", Path.Combine(path, "report.json"));
        json.WriteNumber("done", outcome.Report.Cells.Count - outcome.Failed.Count);
        json.WriteStartArray("failed");
        foreach (var cell in outcome.Failed)
        {
            json.WriteStringValue(cell);
        }

        json.WriteEndArray();
        json.WriteNumber("missing", outcome.Missing.Count);
        json.WriteStartArray("answers");
        foreach (var question in outcome.Report.Questions)
        {
            json.WriteStartObject();
            json.WriteString("network", question.Network);
            json.WriteString("variant", question.Variant);
            json.WriteString("against", question.Against);
            JsonOutput.WriteReal(json, "difference", question.Decisive?.Seeds.Mean);
            JsonOutput.WriteReal(json, "p", question.AdjustedP);
            json.WriteString("sentence", question.Sentence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
