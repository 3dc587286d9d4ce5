using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Commands.Upscale;

/// <summary>What came of the whole command.</summary>
internal sealed class UpscaleSummary(string method, IReadOnlyList<UpscaleOutcome> outcomes)
{
    /// <summary>Writes the JSON document where it is wanted, lists the failures, and returns the exit code.</summary>
    public int Write(CommandContext context)
    {
        var failed = outcomes.Where(outcome => outcome.Error is not null).ToList();
        var skipped = outcomes.Count(outcome => outcome.IsSkipped);
        var done = outcomes.Count - failed.Count - skipped;
        if (context.Json)
        {
            WriteJson(context, done, skipped, failed.Count);
        }

        if (outcomes.Count > 1)
        {
            context.Message($"{done} done" + (skipped > 0 ? $", {skipped} skipped because {(skipped == 1 ? "it exists" : "they exist")}" : "") + (failed.Count > 0 ? $", {failed.Count} failed:" : "."));
        }
        else if (skipped > 0)
        {
            context.Message($"'{outcomes[0].Job.OutputPath}' exists already and was skipped.");
        }

        foreach (var outcome in failed)
        {
            var input = outcome.Job.Input.Path;
            context.Error(outcome.Error!.Contains(input, StringComparison.Ordinal) ? $"superres: {outcome.Error}" : $"superres: '{input}': {outcome.Error}");
        }

        return failed.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private void WriteJson(CommandContext context, int done, int skipped, int failed) => context.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("model", method);
        json.WriteNumber("done", done);
        json.WriteNumber("skipped", skipped);
        json.WriteNumber("failed", failed);
        json.WriteStartArray("images");
        foreach (var outcome in outcomes)
        {
            outcome.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
