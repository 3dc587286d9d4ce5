using System.CommandLine;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Training.Runs;

namespace SuperRes.Cli.Commands.Runs;

/// <summary><c>superres runs list</c>: a line for each run.</summary>
internal static class RunsListCommand
{
    public static Command Create()
    {
        var folders = RunFinder.Folders();
        var command = new Command("list", "A line for each run: how far it is, and how good.") { folders, CommonOptions.Json() };
        return command.Handle((context, _) =>
        {
            var (found, faults) = RunFinder.Find(context.Get(folders) ?? []);
            RunSummary[] runs = [.. found.Select(RunSummary.Of)];
            if (context.Json)
            {
                context.WriteJson(json => Write(json, runs));
            }
            else
            {
                Write(context.Output, runs);
            }

            return Task.FromResult(RunFinder.Tell(context, faults));
        });
    }

    private static void Write(TextWriter output, RunSummary[] runs)
    {
        var table = new TextTable("run", "network", "state", ">steps", ">loss", ">PSNR", ">SSIM", ">best PSNR", ">at step", ">patches/s");
        foreach (var run in runs)
        {
            table.Add(
                run.Folder, Architecture(run), RunText.State(run), RunText.Steps(run), RunText.Loss(run), RunText.Psnr(run.Last), RunText.Ssim(run.Last),
                RunText.Psnr(run.Best), RunText.Step(run.Best), RunText.Speed(run));
        }

        table.WriteTo(output);
    }

    private static string Architecture(RunSummary run)
    {
        using var network = JsonDocument.Parse(run.Network);
        var root = network.RootElement;
        var attention = root.TryGetProperty("attention", out var value) && value.ValueKind == JsonValueKind.Object ? " + CBAM" : "";
        return $"{root.GetProperty("architecture").GetString()} x{root.GetProperty("scale").GetInt32()}{attention}";
    }

    private static void Write(Utf8JsonWriter json, RunSummary[] runs)
    {
        json.WriteStartObject();
        json.WriteStartArray("runs");
        foreach (var run in runs)
        {
            json.WriteStartObject();
            RunText.Write(json, run);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
