using System.CommandLine;
using SuperRes.Cli.Commands.Ablate;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands.Training;
using SuperRes.Training.Ablation;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Running;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres ablate</c>: an experiment from its plan to its report.</summary>
internal sealed class AblateCommand
{
    private readonly Argument<string?> _experiment = new("EXPERIMENT") { Description = "The experiment, a JSON file.", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Overrides an option of the experiment, as in --set budget.steps=4000 or --set seeds=[1,2,3]; may be repeated.",
        HelpName = "KEY=VALUE",
    };

    private readonly Option<string?> _run = new("--run")
    {
        Description = "The experiment's folder, where it also goes on. Without it, runs/ and the experiment's name.",
        HelpName = "DIR",
    };

    private readonly Option<int> _jobs = CommonOptions.AtLeast("--jobs", 1, "-j");

    private readonly Option<ShardNumber?> _shard = ShardNumber.Option();

    private readonly Option<bool> _plan = new("--plan") { Description = "Show the plan, and train nothing." };

    private readonly Option<bool> _report = new("--report") { Description = "Write the report of what is done so far, and train nothing." };

    private readonly Option<string[]> _from = new("--from")
    {
        Description = "A report.json of the same experiment, or a folder with some in it: their runs are taken as they are, and only what they lack is trained. May be given several times.",
        HelpName = "REPORT",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _schema = new("--schema") { Description = "Print the JSON schema of experiments, for editors, and do nothing else." };

    private readonly Option<int> _threads = CommonOptions.Threads();

    private readonly DeviceOptionSet _device = new();

    public static Command Create() => new AblateCommand().Build();

    private Command Build()
    {
        _jobs.Description = "Runs at a time, which share the threads; on the processor at most one for each.";
        var command = new Command("ablate", "Train every cell of an experiment under one budget, and report what made a difference. Stop and start it at any moment.")
        {
            _experiment, _set, _run, _from, _jobs, _shard, _plan, _report, _threads, _schema, CommonOptions.Json(),
            AnswersCommand.Create(),
        };
        _device.AddTo(command);
        return command.Handle(RunAsync);
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Get(_schema))
        {
            context.Output.Write(ExperimentSchema.Create());
            return ExitCode.Done;
        }

        if (context.Get(_plan) && context.Get(_report))
        {
            throw CommandException.Usage("--plan shows what would be done, and --report what is done. Give one of them.");
        }

        var file = context.Get(_experiment) ?? throw CommandException.Usage("No experiment is given. Name one, such as those in recipes/experiments.");
        AblationStudy? study = null;
        try
        {
            var experiment = ExperimentFile.Read(file, context.Get(_set));
            var path = context.Get(_run) ?? Path.Combine("runs", experiment.Name);
            study = AblationStudy.Open(experiment, path, Options(context, cancellationToken), context.Message, cancellationToken);
            if (context.Get(_plan))
            {
                PlanView.Print(context, study);
                return ExitCode.Done;
            }

            PlanView.Show(context, study);
            var outcome = context.Get(_report) ? study.Report(cancellationToken) : await TrainAsync(context, study, cancellationToken).ConfigureAwait(false);
            OutcomeView.Show(context, path, outcome);
            return outcome.Failed.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            var done = study is null ? "" : study.Later.Count == 0 && study.Cells.All(study.IsDone) ? "Every run is done, and the report is not written yet. " : $"{study.Cells.Count(study.IsDone)} of {Counted.Of(study.Cells.Count + study.Later.Count, "run")} done; those that were begun keep their checkpoints. ";
            context.Error($"{done}Go on with: {context.CommandLine}");
            throw;
        }
        catch (Exception exception) when (TrainingFailure.IsTold(exception))
        {
            throw TrainingFailure.Of(exception);
        }
    }

    private static async Task<AblationOutcome> TrainAsync(CommandContext context, AblationStudy study, CancellationToken cancellationToken)
    {
        using var view = new AblationView(context, study);
        return await study.RunAsync(view, cancellationToken).ConfigureAwait(false);
    }

    private AblationOptions Options(CommandContext context, CancellationToken cancellationToken)
    {
        var shard = context.Get(_shard) ?? new ShardNumber(1, 1);
        var options = new AblationOptions { Jobs = context.Get(_jobs), Threads = context.Get(_threads), Shard = shard.Index, Shards = shard.Count, Reports = Reports(context, cancellationToken) };
        return options with { Device = _device.Open(context, options.ThreadsPerJob) };
    }

    private KnownReport[] Reports(CommandContext context, CancellationToken cancellationToken) =>
        [.. ReportFinder.Read(context.Get(_from)!, context.Message, cancellationToken).Select(found => new KnownReport(found.Source, found.Report))];
}
