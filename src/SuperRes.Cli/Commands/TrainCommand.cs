using System.CommandLine;
using System.Globalization;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands.Training;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Training;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres train</c>: weights from a recipe.</summary>
internal sealed class TrainCommand
{
    private readonly Argument<string?> _recipe = new("RECIPE")
    {
        Description = "The recipe, a JSON file. Not needed with --resume and --run.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Overrides an option of the recipe, as in --set steps=1000 or --set network.blocks=8; may be repeated.",
        HelpName = "KEY=VALUE",
    };

    private readonly Option<string?> _run = new("--run") { Description = "The run's folder. Without it, runs/ and the recipe's name.", HelpName = "DIR" };

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with a run from its last checkpoint." };

    private readonly Option<bool> _schema = new("--schema") { Description = "Print the JSON schema of recipes, for editors, and do nothing else." };

    private readonly Option<int> _threads = CommonOptions.Threads();

    private readonly DeviceOptionSet _device = new();

    public static Command Create() => new TrainCommand().Build();

    private Command Build()
    {
        var command = new Command("train", "Train a network. Ctrl-C saves a checkpoint; --resume goes on from it.") { _recipe, _set, _run, _resume, _threads, _schema, CommonOptions.Json() };
        _device.AddTo(command);
        return command.Handle(RunAsync);
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Get(_schema))
        {
            context.Output.Write(RecipeSchema.Create());
            return ExitCode.Done;
        }

        try
        {
            var folder = await TrainAsync(context, cancellationToken).ConfigureAwait(false);
            Report(context, folder);
            return ExitCode.Done;
        }
        catch (Exception exception) when (TrainingFailure.IsTold(exception))
        {
            throw TrainingFailure.Of(exception);
        }
    }

    private async Task<RunFolder> TrainAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var recipe = ReadRecipe(context);
        var path = context.Get(_run) ?? Path.Combine("runs", recipe.Name);
        var device = _device.Open(context, context.Get(_threads));
        var note = context.Get(_resume) && !RunFolder.IsRun(path) ? $"note: '{path}' holds no run yet; a new one is started." : null;
        var view = new TrainingView(context, recipe, note);
        try
        {
            using (view)
            {
                return await TrainingRun.ExecuteAsync(
                    recipe,
                    path,
                    new TrainingRunOptions { Threads = context.Get(_threads), Device = device, Resume = context.Get(_resume), Warn = view.Warn },
                    view,
                    cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (view.HasStarted)
        {
            var step = RunFolder.Open(path).NewestCheckpoint;
            var goOn = ShellText.Of([Root.Name, "train", "--resume", "--run", path, .. _device.Given(context)]);
            context.Error(string.Create(
                CultureInfo.InvariantCulture, $"{(step > 0 ? $"The newest checkpoint is of step {step}." : "There is no checkpoint yet.")} Go on with: {goOn}"));
            throw;
        }
    }

    private Recipe ReadRecipe(CommandContext context)
    {
        if (context.Get(_recipe) is { } path)
        {
            return RecipeFile.Read(path, context.Get(_set));
        }

        return context.Get(_resume) && context.Get(_run) is { } run
            ? RunFolder.ReadRecipe(run, context.Get(_set))
            : throw CommandException.Usage("No recipe is given. Name one of recipes/, or go on with a run: superres train --resume --run DIR");
    }

    private static void Report(CommandContext context, RunFolder folder)
    {
        var last = folder.Validations.LastOrDefault();
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("run", folder.Root);
                json.WriteNumber("steps", folder.Recipe.Steps);
                json.WriteString("model", folder.FinalModelPath);
                if (last is not null)
                {
                    json.WriteString("protocol", folder.Recipe.Validation.Protocol);
                    if (Track(folder) is { } track)
                    {
                        json.WriteString("track", track);
                    }

                    JsonOutput.WriteReal(json, "psnr", last.Psnr);
                    JsonOutput.WriteReal(json, "ssim", last.Ssim);
                }

                json.WriteEndObject();
            });
            return;
        }

        if (last is not null)
        {
            context.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"validation ({folder.Recipe.Validation.Protocol}{(Track(folder) is { } track ? $", {track}" : "")}): {last.Psnr:F3} dB, SSIM {last.Ssim:F4}"));
        }

        context.Output.WriteLine($"model: {folder.FinalModelPath}");
    }

    /// <summary>The track of the validation images; null for the bicubic one.</summary>
    private static string? Track(RunFolder folder) => folder.Recipe.Validation.Track is var track and not LowResolutionFolder.BicubicTrack ? track : null;
}
