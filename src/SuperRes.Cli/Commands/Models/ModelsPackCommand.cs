using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands.Models.Packing;
using SuperRes.Evaluation;
using SuperRes.Imaging.Data.Folders;
using SuperRes.ModelFiles;
using SuperRes.Networks;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands.Models;

/// <summary><c>superres models pack</c>: a trained model as it is shipped, measured, small, and with its card.</summary>
internal sealed class ModelsPackCommand
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The trained model: final.safetensors of a run.", HelpName = "FILE" };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The file to write, such as models/edsr-x4.safetensors; the card goes beside it as .md.", HelpName = "FILE", Required = true };
    private readonly Option<string[]> _data = new("--data") { Description = "A data set to measure on, or some of its images: FOLDER@0851..0900. May be given several times.", HelpName = "FOLDER[@NAMES]", Required = true };
    private readonly Option<string[]> _tracks = new("--track")
    {
        Description = "Other low-resolution images of the sets to measure on besides: bicubic-jpeg75 of superres degrade, or a set's own, such as mild. May be given several times.",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _against = new("--against") { Description = "The model to compare with on those; otherwise bicubic.", HelpName = "MODEL" };
    private readonly Option<string?> _recipe = new("--recipe") { Description = "The recipe's path, for the card's command that makes the model again.", HelpName = "FILE" };
    private readonly MethodOptionSet _methodOptions = new(MethodOptionSet.OfNetworks);

    public static Command Create() => new ModelsPackCommand().Build();

    private Command Build()
    {
        var command = new Command("pack", "Measure a trained model, store it in half precision where that costs nothing, and write its card.") { _model, _output, _data, _tracks, _against, _recipe, CommonOptions.Json() };
        _methodOptions.AddTo(command);
        return command.Handle((context, cancellationToken) => Task.Run(() => Run(context, cancellationToken), cancellationToken));
    }

    private int Run(CommandContext context, CancellationToken cancellationToken)
    {
        var path = context.Get(_output)!;
        Check(context, path);
        var model = Rename(NamedNetwork.LoadOrInitialize(context.Get(_model)!), path);
        if (model.Info is { Training: null, Blend: null })
        {
            throw CommandException.Usage($"'{context.Get(_model)}' holds weights that were not trained by superres train: there is nothing to measure. Name a run's final.safetensors, or a blend of two.");
        }

        var (measurement, tracks) = Measure(context, model, cancellationToken);
        var packed = model.With(model.Info with { Scores = measurement.Scores, Precision = measurement.Precision });
        Save(packed, path, measurement.Precision, ModelCard.Write(packed, measurement, tracks, PackData.Selections(context.Get(_data)!), context.Get(_recipe)));
        Report(context, packed, path, measurement, tracks);
        return ExitCode.Done;
    }

    /// <summary>What is written lies where nothing else is lost, and the command on the card can be given.</summary>
    private void Check(CommandContext context, string path)
    {
        ModelOutput.Check(path, context.Get(_model)!);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw CommandException.Usage($"'{path}' can't be written: its folder does not exist. Make the folder first.");
        }

        OutputFolder.Prepare(folder, "--output");
        if (CardOf(path) is var card && (Directory.Exists(card) || (File.Exists(card) && !ModelCard.IsOne(File.ReadAllText(card)))))
        {
            throw CommandException.Usage($"'{card}' is no model's card, and the card would replace it. Choose another -o, or move that file away.");
        }

        if (context.IsGiven(_against) && !context.IsGiven(_tracks))
        {
            throw CommandException.Usage("--against is for the low-resolution images of --track, and there is none. Name one, or leave it out.");
        }

        if (context.Get(_recipe) is { } recipe && !File.Exists(recipe))
        {
            throw CommandException.Usage($"There is no recipe '{recipe}', and the card would name it. Check the path.");
        }
    }

    private static string CardOf(string path) => Path.ChangeExtension(path, ".md");

    private (PackMeasurement Clean, IReadOnlyList<PackTrack> Tracks) Measure(CommandContext context, Model model, CancellationToken cancellationToken)
    {
        var (data, scale, options) = (context.Get(_data)!, model.Options.Scale, _methodOptions.Read(context));
        var sets = PackData.Open(data, LowResolutionFolder.BicubicTrack, scale);
        var others = context.Get(_tracks)!.Distinct(StringComparer.Ordinal).Select(name => (Name: name, Sets: PackData.Open(data, name, scale))).ToList();
        using var bicubic = Upscaler.Load(PackMeasurement.BicubicName, options);
        using var against = context.Get(_against) is { } other && other != PackMeasurement.BicubicName ? Against(other, scale, options) : null;
        var (before, perTrack) = (0, against is null ? 2 : 3);
        using var display = context.StartProgress("Measuring", sets.Sum(set => set.ImageNames.Count) * (PackMeasurement.ModelCount + (others.Count * perTrack)));
        var progress = new ProgressAction<EvaluationProgress>(step => display.Report(before + step.Done, $"{step.Dataset} {step.Image}, {step.Model}"));
        var measurement = PackMeasurement.Take(model, sets, options, progress, cancellationToken);
        before += sets.Sum(set => set.ImageNames.Count) * PackMeasurement.ModelCount;

        using var stored = Upscaler.From(measurement.Precision == WeightPrecision.Float16 ? PackMeasurement.InHalfPrecision(model) : model, options);
        var tracks = new List<PackTrack>();
        foreach (var (name, onTrack) in others)
        {
            tracks.Add(PackTrack.Take(name, onTrack, stored, bicubic, against, scale, progress, cancellationToken));
            before += onTrack.Sum(set => set.ImageNames.Count) * perTrack;
        }

        return (measurement, tracks);
    }

    private static Upscaler Against(string name, int scale, MethodOptions options)
    {
        var upscaler = MethodNames.Load(name, options);
        if (upscaler.Method.Scales is { Count: > 0 } scales && scales[^1] < scale)
        {
            upscaler.Dispose();
            throw CommandException.Usage(FormattableString.Invariant($"The model after --against makes x{scales[^1]} at most, and this one is for x{scale}. Name another."));
        }

        return upscaler;
    }

    private static Model Rename(Model model, string path) =>
        model.With(model.Info with { Name = Path.GetFileNameWithoutExtension(path) });

    private static void Save(Model model, string path, WeightPrecision precision, string card)
    {
        try
        {
            ModelFile.Save(model, path, precision);
            AtomicFile.Write(CardOf(path), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(card)));
        }
        catch (Exception exception) when (exception is ModelFileException or GraphException)
        {
            throw CommandException.Failed(exception.Message, exception);
        }
    }

    private static void Report(CommandContext context, Model model, string path, PackMeasurement measurement, IReadOnlyList<PackTrack> tracks)
    {
        if (context.Json)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("model", model.Name);
                json.WriteString("path", path);
                json.WriteString("precision", model.Info.Precision == WeightPrecision.Float16 ? "float16" : "float32");
                JsonOutput.WriteReal(json, "halfPrecisionLoss", measurement.HalfPrecisionLoss);
                json.WriteEndObject();
            });
        }
        else
        {
            context.Output.Write(ModelCard.Table(measurement));
            if (tracks.Count > 0)
            {
                context.Output.WriteLine();
                context.Output.Write(ModelCard.TrackTable(tracks));
            }
        }

        context.Message(FormattableString.Invariant(
            $"{model.Name} -> {path} as {(model.Info.Precision == WeightPrecision.Float16 ? "float16" : "float32")} (half precision loses at most {measurement.HalfPrecisionLoss:0.00000} dB), card beside it."));
    }
}
