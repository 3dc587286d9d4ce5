using System.CommandLine;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Imaging.Data.Leakage;

namespace SuperRes.Cli.Commands.Data;

/// <summary><c>superres data leaks</c>: test images that are trained on.</summary>
internal sealed class LeaksCommand
{
    private readonly Argument<string[]> _training = new("DIR") { Description = "Folders of training images, or some of each one's: FOLDER@0001..0400.", Arity = ArgumentArity.OneOrMore };

    private readonly Option<string[]> _test = new("--test")
    {
        Description = "A data set that results are reported on, or some of its images: FOLDER@0851..0900. May be given several times.",
        HelpName = "FOLDER[@NAMES]",
        Required = true,
    };

    private readonly Option<int> _workers = DataOptions.Workers();

    public static Command Create() => new LeaksCommand().Build();

    private Command Build()
    {
        var command = new Command("leaks", "Find test images among training images by what they show: in other sizes, compressed, mirrored or cut out, too; returns 1 if there are any, or files that can't be read.")
        {
            _training, _test, _workers, CommonOptions.Json(),
        };
        return command.Handle(RunAsync);
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var training = DataOptions.Open(context.Get(_training)!, ImageChoice.Open);
        var test = DataOptions.Open(context.Get(_test)!, ImageChoice.Open);
        var report = await DataOptions.RunBatchAsync(context, "Looking for test images", progress =>
            LeakFinder.FindAsync(training, test, context.Get(_workers), progress, cancellationToken)).ConfigureAwait(false);
        if (context.Json)
        {
            context.WriteJson(json => Write(json, report));
        }
        else
        {
            Write(context, report);
        }

        return report.Leaks.Count + report.Failures.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static void Write(CommandContext context, LeakReport report)
    {
        foreach (var leak in report.Leaks)
        {
            context.Output.WriteLine(FormattableString.Invariant($"{leak.Test}  {InWords(leak.Kind)}  {leak.Training}  ({leak.Similarity:0.00})"));
        }

        foreach (var failure in report.Failures)
        {
            context.Error($"superres: {failure.Message}");
        }

        if (report.Vague.Count > 0)
        {
            context.Message($"note: {Counted.Of(report.Vague.Count, "test image")} can't be told from others, '{Path.GetFileName(report.Vague[0])}' for one: there is too little in them. Of those only the same pixels are found.");
        }

        var leaked = report.Leaks.Select(leak => leak.Test).Distinct().Count();
        var among = $"among {Counted.Of(report.TrainingImages, "training image")}";
        context.Output.WriteLine((leaked, report.TestImages) switch
        {
            (_, 0) => "there is no test image to look for",
            (0, 1) => $"the test image is not {among}",
            (0, var all) => $"none of {all} test images is {among}",
            (1, 1) => $"the test image is {among}",
            (_, var all) => $"{leaked} of {all} test images {(leaked == 1 ? "is" : "are")} {among}",
        });
    }

    private static string InWords(LeakKind kind) => kind switch
    {
        LeakKind.SamePixels => "has the same pixels as",
        LeakKind.SamePicture => "shows the same as",
        _ => "shares a part with",
    };

    private static void Write(Utf8JsonWriter json, LeakReport report)
    {
        json.WriteStartObject();
        json.WriteNumber("trainingImages", report.TrainingImages);
        json.WriteNumber("testImages", report.TestImages);
        json.WriteStartArray("leaks");
        foreach (var leak in report.Leaks)
        {
            json.WriteStartObject();
            json.WriteString("test", leak.Test);
            json.WriteString("training", leak.Training);
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(leak.Kind.ToString()));
            json.WriteNumber("similarity", Math.Round(leak.Similarity, 4));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("vague");
        foreach (var path in report.Vague)
        {
            json.WriteStringValue(path);
        }

        json.WriteEndArray();
        DataJson.WriteFailures(json, report.Failures);
        json.WriteEndObject();
    }
}
