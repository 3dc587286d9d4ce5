using SuperRes.Cli.CommandLine;
using SuperRes.Evaluation.Studies;
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

        foreach (var trial in Best(outcome.Report))
        {
            context.Output.WriteLine(FormattableString.Invariant($"Best of {trial.Network}, {trial.Variant}: {trial.Setting} ({trial.Curve[^1].Psnr:F3} dB on the validation images after {trial.Steps:N0} steps)"));
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
        json.WriteStartArray("best");
        foreach (var trial in Best(outcome.Report))
        {
            json.WriteStartObject();
            json.WriteString("network", trial.Network);
            json.WriteString("variant", trial.Variant);
            json.WriteString("setting", trial.Setting);
            json.WriteNumber("steps", trial.Steps);
            JsonOutput.WriteReal(json, "validationPsnr", trial.Curve[^1].Psnr);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>A search's best run of each network and variant that has one. None in other studies.</summary>
    private static IEnumerable<StudyCell> Best(StudyReport report) => report.Trials()
        .Select(trials => trials.FirstOrDefault(trial => trial is { Failure: null, Curve.Count: > 0 }))
        .OfType<StudyCell>();
}
