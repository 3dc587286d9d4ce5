using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Imaging.Data.Preparation;

namespace SuperRes.Cli.Commands.Data;

/// <summary><c>superres data prepare</c>: cuts images into sub-images.</summary>
internal sealed class PrepareCommand
{
    private readonly Argument<string[]> _inputs = new("INPUT") { Description = "Data sets' folders.", Arity = ArgumentArity.OneOrMore };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The folder to make: sub-images in HR/, and manifest.json. What is in it and unchanged is not made again.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<int> _size = CommonOptions.AtLeast("--size", 1);

    private readonly Option<int?> _step = new("--step") { Description = "Pixels from one sub-image to the next. Without it, half the size.", HelpName = "N" };

    private readonly Option<int> _remainder = CommonOptions.AtLeast("--remainder", 0);

    private readonly Option<double> _shrink = new("--shrink")
    {
        Description = "Make images so many times smaller before they are cut, also fractional; 2 or more for JPEG photos.",
        HelpName = "FACTOR",
        DefaultValueFactory = _ => 1,
        CustomParser = result => double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor)
            ? factor
            : CommonOptions.Fail<double>(result, $"'{result.Tokens[0].Value}' after --shrink is no number."),
    };

    private readonly Option<string?> _names = new("--names")
    {
        Description = "Only these images: names, patterns and ranges, separated by commas, such as 0001..0400 or 'b*'.",
        HelpName = "LIST",
    };

    private readonly Option<int> _workers = DataOptions.Workers();

    private PrepareCommand()
    {
        _size.Description = "Width and height of a sub-image in pixels.";
        _size.DefaultValueFactory = _ => new SubImageOptions().Size;
        _remainder.Description = "Where more than so many pixels are left at an edge, one more sub-image is cut there.";
    }

    public static Command Create() => new PrepareCommand().Build();

    private Command Build()
    {
        var command = new Command("prepare", "Cut images into sub-images for training, with a manifest of hashes.")
        {
            _inputs, _output, _size, _step, _remainder, _shrink, _names, _workers, CommonOptions.Json(),
        };
        return command.Handle(RunAsync);
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var size = context.Get(_size);
        var options = new SubImageOptions
        {
            Size = size,
            Step = context.Get(_step) ?? Math.Max(1, size / 2),
            Remainder = context.Get(_remainder),
            Shrink = context.Get(_shrink),
        };
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw CommandException.Usage(string.Join(' ', faults));
        }

        var sets = DataOptions.Open<DatasetFolder>(context.Get(_inputs)!, input => [DatasetFolder.Open(input).Select(context.Get(_names))]);
        var result = await DataOptions.RunBatchAsync(context, "Cutting", progress =>
            new SubImagePreparer(options, context.Get(_workers)).PrepareAsync(sets, context.Get(_output)!, progress, cancellationToken)).ConfigureAwait(false);
        Tell(context, result);
        return result.Failures.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static void Tell(CommandContext context, PreparationResult result)
    {
        if (context.Json)
        {
            context.WriteJson(json => WriteJson(json, result));
        }
        else
        {
            context.Output.WriteLine($"{Counted.Of(result.SubImages, "sub-image")} of {Counted.Of(result.Sources, "image")} in '{result.Folder}' ({result.Unchanged} done before).");
        }

        foreach (var note in result.Notes)
        {
            context.Message($"note: {note}");
        }

        foreach (var small in result.TooSmall)
        {
            context.Message($"note: '{small}' is smaller than a sub-image and was left out.");
        }

        foreach (var failure in result.Failures)
        {
            context.Error($"superres: {failure.Message}");
        }
    }

    private static void WriteJson(Utf8JsonWriter json, PreparationResult result)
    {
        json.WriteStartObject();
        json.WriteString("folder", result.Folder);
        json.WriteNumber("sources", result.Sources);
        json.WriteNumber("unchanged", result.Unchanged);
        json.WriteNumber("subImages", result.SubImages);
        json.WriteStartArray("tooSmall");
        foreach (var small in result.TooSmall)
        {
            json.WriteStringValue(small);
        }

        json.WriteEndArray();
        DataJson.WriteFailures(json, result.Failures);
        json.WriteEndObject();
    }
}
