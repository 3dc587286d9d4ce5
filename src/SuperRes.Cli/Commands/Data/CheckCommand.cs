using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Imaging.Data.Checking;
using SuperRes.Imaging.Data.Folders;

namespace SuperRes.Cli.Commands.Data;

/// <summary><c>superres data check</c>: says what is wrong with data sets.</summary>
internal sealed class CheckCommand
{
    private const int LinesOfAKind = 20;

    private readonly Argument<string[]> _inputs = new("DIR") { Description = "Data sets' folders.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<int> _workers = DataOptions.Workers();

    public static Command Create() => new CheckCommand().Build();

    private Command Build()
    {
        var command = new Command("check", "Read every image and name what is unreadable, missing, mispaired, mis-sized, duplicate or not made as MATLAB does; returns 1 if anything is.")
        {
            _inputs, _workers, CommonOptions.Json(),
        };
        return command.Handle(RunAsync);
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var reports = new List<DatasetReport>();
        foreach (var set in DataOptions.Open(context.Get(_inputs)!, DatasetFolder.OpenAll))
        {
            reports.Add(await DataOptions.RunBatchAsync(context, $"Checking {set.Name}", progress =>
                DatasetChecker.CheckAsync(set, context.Get(_workers), progress, cancellationToken)).ConfigureAwait(false));
        }

        if (context.Json)
        {
            context.WriteJson(json => CheckReportJson.Write(json, reports));
        }
        else
        {
            reports.ForEach(report => Write(context.Output, report));
        }

        return reports.Any(report => report.Problems > 0) ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static void Write(TextWriter output, DatasetReport report)
    {
        output.WriteLine($"{report.Name}: {Counted.Of(report.Images, "image")} in '{report.Folder}'");
        if (report.Tracks.Count == 0)
        {
            output.WriteLine("  no low-resolution images; they are made when they are needed");
        }

        foreach (var track in report.Tracks)
        {
            output.WriteLine($"  {track.Track} x{track.Scale}: {track.Summary}");
        }

        foreach (var kind in report.Findings.GroupBy(finding => finding.Kind))
        {
            foreach (var finding in kind.Take(LinesOfAKind))
            {
                output.WriteLine($"  {(finding.IsProblem ? "problem" : "note")}: {finding.Message}");
            }

            if (kind.Count() > LinesOfAKind)
            {
                output.WriteLine($"  … and {kind.Count() - LinesOfAKind} more of this kind (--json lists all)");
            }
        }

        output.WriteLine(report.Problems == 0 ? "  no problems" : $"  {Counted.Of(report.Problems, "problem")}");
    }
}
