using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands.Evaluate;
using SuperRes.Evaluation;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Metrics;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres evaluate</c>: models on data sets, with reports.</summary>
internal sealed class EvaluateCommand
{
    private readonly Argument<string[]> _data = new("DATA")
    {
        Description = "Folders: one with HR/ (and LR_bicubic/X4/), DIV2K's layout, or any folder of images.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _models = new("--model", "-m")
    {
        Description = "Models, separated by commas. Without it, every classical method.",
        HelpName = "MODEL,...",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int[]> _scales = new("--scale", "-s")
    {
        Description = "Whole scales, separated by commas.",
        HelpName = "SCALE,...",
        DefaultValueFactory = _ => [4],
        CustomParser = result => ParseScales(result),
    };

    private readonly Option<Protocol> _protocol = new("--protocol")
    {
        Description = "How the main numbers are measured: y, rgb, div2k or paper.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Protocols.Y,
        CustomParser = result => ParseProtocol(result),
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "A folder for the report: report.json, .md, .csv, .html and side-by-side crops.",
        HelpName = "REPORT",
    };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a report that is there." };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "The model that the others are compared with; otherwise the first.", HelpName = "MODEL" };
    private readonly Option<string?> _images = new("--images") { Description = "Only these images: names, patterns and ranges, such as 0801..0850.", HelpName = "NAMES" };
    private readonly Option<int> _first = CommonOptions.AtLeast("--first", 1);

    private readonly Option<string> _track = new("--track")
    {
        Description = "Which low-resolution images of the sets: of LR_unknown/ or DIV2K_valid_LR_mild/, or of superres degrade --jpeg 40 (bicubic-jpeg40).",
        HelpName = "NAME",
        DefaultValueFactory = _ => LowResolutionFolder.BicubicTrack,
    };

    private readonly Option<int> _repeats = CommonOptions.AtLeast("--repeats", 1);
    private readonly Option<int> _figures = CommonOptions.AtLeast("--figures", 0);
    private readonly Option<bool> _ensemble = CommonOptions.SelfEnsemble();
    private readonly MethodOptionSet _methodOptions = new(MethodOptionSet.OfNetworks);

    private EvaluateCommand()
    {
        _models.CompletionSources.Add([.. UpscalingMethods.Names]);
        _protocol.CompletionSources.Add([.. Protocols.All.Select(protocol => protocol.Name)]);
        _first.Description = "At most so many images of each set.";
        _first.DefaultValueFactory = null;
        _repeats.Description = "Make every image so many times; its time is the median.";
        _figures.Description = "Images of each set to show side by side in the report.";
        _figures.DefaultValueFactory = _ => new EvaluationOptions().FiguresPerSet;
    }

    public static Command Create() => new EvaluateCommand().Build();

    private Command Build()
    {
        var command = new Command("evaluate", "PSNR, SSIM and time of models on data sets, with reports.")
        {
            _data, _models, _scales, _protocol, _output, _overwrite, _baseline, _images, _first, _track, _repeats, _figures, _ensemble, CommonOptions.Json(),
        };
        _methodOptions.AddTo(command);
        return command.Handle((context, cancellationToken) => Task.Run(() => Run(context, cancellationToken), cancellationToken));
    }

    private int Run(CommandContext context, CancellationToken cancellationToken)
    {
        var request = Read(context);
        var sets = OpenSets(request);
        using var models = LoadedModels.Load(request.Models, request.MethodOptions, request.SelfEnsemble);
        var options = request.Options with { Baseline = request.Options.Baseline is { } baseline ? models.NameOf(baseline) : null, Notes = models.Notes };
        var report = request.ReportPath is { } path ? ReportFolder.Prepare(path, request.Overwrite) : null;
        var run = Evaluate(context, options, models.Models, sets, cancellationToken);
        if (context.Json)
        {
            context.Output.WriteLine(run.Report.ToJson());
        }
        else
        {
            EvaluationTables.Write(run.Report, context.Output);
        }

        foreach (var note in run.Report.Notes)
        {
            context.Message($"note: {note}");
        }

        // What took long is told first: it is not lost where the report can't be written.
        return Math.Max(TellFailures(run, context), report is null ? ExitCode.Done : Write(report, run, context, cancellationToken));
    }

    /// <summary>The one document of --json is out already, so that a failure is told on stderr alone.</summary>
    private static int Write(ReportFolder report, EvaluationRun run, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            report.Write(run, cancellationToken);
            context.Message($"report: {report.Page}");
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            context.Error($"superres: The report can't be written: {CommandLine.FailureText.Of(exception)}");
            return ExitCode.SomeFailed;
        }
        catch (OperationCanceledException)
        {
            context.Error("superres: Interrupted; the report is not whole.");
            return ExitCode.Interrupted;
        }
    }

    private EvaluateRequest Read(CommandContext context)
    {
        var names = context.Get(_models)!.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.Ordinal).ToList();
        return new EvaluateRequest
        {
            Data = context.Get(_data)!,
            Models = names.Count > 0 ? names : ClassicalMethods.Names,
            MethodOptions = _methodOptions.Read(context),
            Images = context.Get(_images),
            First = context.IsGiven(_first) ? context.Get(_first) : null,
            Track = context.Get(_track)!,
            SelfEnsemble = context.Get(_ensemble),
            ReportPath = context.Get(_output),
            Overwrite = context.Get(_overwrite),
            Options = new EvaluationOptions
            {
                Protocol = context.Get(_protocol)!,
                Scales = context.Get(_scales)!,
                Baseline = context.Get(_baseline),
                Repeats = context.Get(_repeats),
                FiguresPerSet = context.Get(_output) is null ? 0 : context.Get(_figures),
            },
        };
    }

    private static List<FolderEvaluationSet> OpenSets(EvaluateRequest request)
    {
        try
        {
            var sets = request.Data.SelectMany(DatasetFolder.OpenAll).Select(set => new FolderEvaluationSet(set.Select(request.Images, request.First), request.Track)).ToList();
            sets.ForEach(set => set.EnsureTrack(request.Options.Scales));
            return sets;
        }
        catch (DatasetException exception)
        {
            throw CommandException.Usage(exception.Message, exception);
        }
    }

    private static EvaluationRun Evaluate(
        CommandContext context, EvaluationOptions options, IReadOnlyList<EvaluationModel> models, IReadOnlyList<IEvaluationSet> sets, CancellationToken cancellationToken)
    {
        try
        {
            var total = models.Count * options.Scales.Count * sets.Sum(set => set.ImageNames.Count);
            using var display = context.StartProgress("Evaluating", total);
            return new Evaluator(options).Run(models, sets, new ProgressAction<EvaluationProgress>(step => Show(display, step)), cancellationToken);
        }
        catch (ArgumentException exception)
        {
            throw CommandException.Usage(Evaluation.FailureText.Of(exception), exception);
        }
    }

    private static void Show(IProgressDisplay display, EvaluationProgress step)
    {
        display.Report(step.Done, $"{step.Dataset} x{step.Scale} {step.Image}, {step.Model}");
        var score = step.Psnr is { } psnr ? FormattableString.Invariant($"{psnr:0.00} dB") : "failed";
        display.Log(FormattableString.Invariant($"[{step.Done}/{step.Total}] {step.Dataset} x{step.Scale} {step.Image}, {step.Model}: {score}"));
    }

    private static int TellFailures(EvaluationRun run, CommandContext context)
    {
        foreach (var (result, failure) in run.Report.Results.SelectMany(result => result.Failures.Select(failure => (result, failure))))
        {
            context.Error($"superres: {result.Dataset} x{result.Scale} {failure.Name}, {result.Model}: {failure.Error}");
        }

        return run.HasFailures ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static int[] ParseScales(ArgumentResult result)
    {
        var scales = new List<int>();
        foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (!int.TryParse(text.Trim('x', 'X'), CultureInfo.InvariantCulture, out var scale) || scale < 2)
            {
                return CommonOptions.Fail<int[]>(result, $"'{text}' is no scale to evaluate at. Give whole numbers of at least 2, such as -s 2,3,4.");
            }

            scales.Add(scale);
        }

        return [.. scales.Distinct()];
    }

    private static Protocol ParseProtocol(ArgumentResult result)
    {
        try
        {
            return Protocols.Parse(result.Tokens[0].Value);
        }
        catch (ArgumentException exception)
        {
            return CommonOptions.Fail<Protocol>(result, Evaluation.FailureText.Of(exception));
        }
    }
}
