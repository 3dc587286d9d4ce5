using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands.Data;
using SuperRes.Imaging.Data.Degrading;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres degrade</c>: low-resolution images as the literature makes them.</summary>
internal sealed class DegradeCommand
{
    private readonly Argument<string[]> _inputs = new("INPUT") { Description = "Image files and data sets' folders.", Arity = ArgumentArity.OneOrMore };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The folder that gets LR_bicubic/X4/namex4.png, or LR_bicubic-noise5-jpeg40/X4/namex4.png; images that are there are replaced.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<int[]> _scales = new("--scale", "-s")
    {
        Description = "How many times smaller, whole; several as 2,3,4.",
        HelpName = "SCALE",
        Required = true,
        CustomParser = ParseScales,
    };

    private readonly Option<double> _blur = Deviation(
        "--blur", "Standard deviation of a Gaussian to blur the originals with before, 0 to 5 of their pixels.", "PIXELS", blur => new DegradeOptions { Blur = blur }, "5");

    private readonly Option<double> _noise = Deviation(
        "--noise", "Standard deviation of Gaussian noise to add, 0 to 100 levels.", "LEVELS", noise => new DegradeOptions { Noise = noise }, "100");

    private readonly Option<int?> _jpeg = CommonOptions.Quality("--jpeg", "Quality of JPEG that they go through, 1 to 100, after the noise; they are written as PNG.");

    private readonly Option<int> _workers = DataOptions.Workers();

    public static Command Create() => new DegradeCommand().Build();

    private static Option<double> Deviation(string name, string description, string unit, Func<double, DegradeOptions> of, string most) => new(name)
    {
        Description = description,
        HelpName = unit,
        CustomParser = result => double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && of(number).Validate().Count == 0
            ? number
            : CommonOptions.Fail<double>(result, $"'{result.Tokens[0].Value}' after {name} is no number from 0 to {most}."),
    };

    private static int[] ParseScales(ArgumentResult result)
    {
        var scales = new List<int>();
        foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (!int.TryParse(text.Trim().TrimStart('x', 'X'), NumberStyles.None, CultureInfo.InvariantCulture, out var scale) || scale < 2)
            {
                return CommonOptions.Fail<int[]>(result, $"'{text}' is no scale to degrade by. Give whole numbers of at least 2, such as 4 or 2,3,4.");
            }

            scales.Add(scale);
        }

        return [.. scales.Distinct()];
    }

    private Command Build()
    {
        var command = new Command("degrade", "Make low-resolution images as MATLAB does, sample for sample; and such as photos are, with blur, noise and JPEG.")
        {
            _inputs, _output, _scales, _blur, _noise, _jpeg, _workers, CommonOptions.Json(),
        };
        return command.Handle(RunAsync);
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var before = ImagesBelow(context.Get(_output)!);
        var options = new DegradeOptions { Blur = context.Get(_blur), Noise = context.Get(_noise), JpegQuality = context.Get(_jpeg) };
        var result = await DataOptions.RunBatchAsync(context, "Degrading", progress => DatasetDegrader.DegradeAsync(
            context.Get(_inputs)!, context.Get(_output)!, context.Get(_scales)!, options, context.Get(_workers), progress, cancellationToken)).ConfigureAwait(false);
        if (context.Json)
        {
            context.WriteJson(json => WriteJson(json, result));
        }

        foreach (var folder in result.Images.GroupBy(image => Path.GetDirectoryName(image.Output)))
        {
            var replaced = folder.Count(image => before.Contains(Path.GetFullPath(image.Output)));
            context.Message($"{Counted.Of(folder.Count(), "image")} in '{folder.Key}'{(replaced > 0 ? $", {replaced} of them replaced" : "")}");
        }

        foreach (var note in result.Notes)
        {
            context.Message($"note: {note}");
        }

        foreach (var failure in result.Failures)
        {
            context.Error($"superres: {failure.Message}");
        }

        return result.Failures.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    /// <summary>The images where the new ones go: two folders down, LR_bicubic/X4.</summary>
    private static HashSet<string> ImagesBelow(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(Path.GetFullPath(folder), "*.png", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 })]
        : [];

    private static void WriteJson(Utf8JsonWriter json, DegradeResult result)
    {
        json.WriteStartObject();
        json.WriteStartArray("images");
        foreach (var image in result.Images)
        {
            json.WriteStartObject();
            json.WriteString("input", image.Input);
            json.WriteString("output", image.Output);
            json.WriteNumber("scale", image.Scale);
            json.WriteNumber("width", image.Width);
            json.WriteNumber("height", image.Height);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        DataJson.WriteFailures(json, result.Failures);
        json.WriteEndObject();
    }
}
