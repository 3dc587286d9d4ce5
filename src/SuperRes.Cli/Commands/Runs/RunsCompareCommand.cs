using System.CommandLine;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;

namespace SuperRes.Cli.Commands.Runs;

/// <summary><c>superres runs compare</c>: what runs differ in, and what came of it.</summary>
internal static class RunsCompareCommand
{
    private const string Absent = "-";

    public static Command Create()
    {
        var folders = RunFinder.Folders();
        var command = new Command("compare", "Runs side by side: the options in which their recipes differ, and their results.") { folders, CommonOptions.Json() };
        return command.Handle((context, _) =>
        {
            var (runs, faults) = RunFinder.Find(context.Get(folders) ?? []);
            if (runs.Count < 2)
            {
                throw faults.Count > 0 ? CommandException.Failed(string.Join('\n', faults))
                    : CommandException.Usage($"There is one run, '{runs[0].Root}', and comparing takes two. Name more folders.");
            }

            Compare(context, [.. runs.Select(RunSummary.Of)], Differing(runs));
            return Task.FromResult(RunFinder.Tell(context, faults));
        });
    }

    /// <summary>The options that are not the same in all runs, each with a value for every run; null where a recipe lacks it.</summary>
    private static List<(string Key, string?[] Values)> Differing(IReadOnlyList<RunFolder> runs)
    {
        Dictionary<string, string>[] entries = [.. runs.Select(run => RecipeEntries.Of(run.Recipe).ToDictionary(StringComparer.Ordinal))];
        return [.. entries.SelectMany(run => run.Keys).Distinct(StringComparer.Ordinal)
            .Select(key => (Key: key, Values: entries.Select(run => run.GetValueOrDefault(key)).ToArray()))
            .Where(option => option.Values.Distinct(StringComparer.Ordinal).Count() > 1)];
    }

    private static void Compare(CommandContext context, RunSummary[] runs, List<(string Key, string?[] Values)> options)
    {
        if (context.Json)
        {
            context.WriteJson(json => Write(json, runs, options));
            return;
        }

        var table = new TextTable(["", .. runs.Select(run => $">{run.Folder}")]);
        foreach (var (key, values) in options)
        {
            table.Add([key, .. values.Select(value => value ?? Absent)]);
        }

        (string Name, Func<RunSummary, string> Text)[] results =
        [
            ("state", RunText.State),
            ("steps done", RunText.Steps),
            ("loss", RunText.Loss),
            ("PSNR, dB", run => RunText.Psnr(run.Last)),
            ("SSIM", run => RunText.Ssim(run.Last)),
            ("best PSNR, dB", run => RunText.Psnr(run.Best)),
            ("  at step", run => RunText.Step(run.Best)),
            ("patches/s", RunText.Speed),
            ("memory", RunText.Memory),
        ];
        foreach (var (name, text) in results)
        {
            table.Add([name, .. runs.Select(text)]);
        }

        table.WriteTo(context.Output);
    }

    private static void Write(Utf8JsonWriter json, RunSummary[] runs, List<(string Key, string?[] Values)> options)
    {
        json.WriteStartObject();
        json.WriteStartArray("runs");
        for (var i = 0; i < runs.Length; i++)
        {
            json.WriteStartObject();
            RunText.Write(json, runs[i]);
            json.WriteStartObject("differing");
            foreach (var (key, values) in options)
            {
                json.WriteString(key, values[i]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
