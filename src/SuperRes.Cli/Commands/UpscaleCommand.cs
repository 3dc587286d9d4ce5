using System.CommandLine;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands.Upscale;
using SuperRes.Imaging;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres upscale</c>: one file, many, or folders.</summary>
internal sealed class UpscaleCommand
{
    /// <summary>The one option whose value may be empty.</summary>
    public const string SuffixName = "--suffix";

    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Image files, folders, patterns such as 'photos/*.jpg', or - for stdin.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The file to write, or the folder for several; - for stdout. Without it, --suffix writes beside each input.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _model = CommonOptions.Model();
    private readonly Option<double?> _scale = CommonOptions.Scale();

    private readonly Option<int?> _width = new("--width") { Description = "Width in pixels in place of a scale; alone it keeps the aspect.", HelpName = "PIXELS" };

    private readonly Option<int?> _height = new("--height") { Description = "Height in pixels in place of a scale; alone it keeps the aspect.", HelpName = "PIXELS" };

    private readonly Option<bool> _recursive = new("--recursive", "-r") { Description = "Folders within folders too; the output mirrors the tree." };

    private readonly Option<bool> _skipExisting = new("--skip-existing") { Description = "Leave outputs alone that exist, and go on." };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace outputs that exist. Inputs are never overwritten." };

    private readonly Option<ImageFormat?> _format = new("--format", "-f")
    {
        Description = "The output's format; otherwise that of -o's extension, or the input's.",
        HelpName = "FORMAT",
        CustomParser = result => ImageFormats.TryParse(result.Tokens[0].Value, out var format) && ImageFormats.IsWritable(format)
            ? format
            : CommonOptions.Fail<ImageFormat?>(result, $"'{result.Tokens[0].Value}' is no format that can be written here. Known: {WritableNames}."),
    };

    private readonly Option<int?> _quality = CommonOptions.Quality("--quality", "Quality of JPEG, WebP, AVIF, HEIF and JPEG XL, 1 to 100. Without it, 95 for JPEG, whose colour has half the resolution below 90, 90 for WebP, and 80.");

    private readonly Option<string> _suffix = new(SuffixName)
    {
        Description = "Added to each output's name: --suffix -x4 makes beach-x4.jpg.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<int> _workers = CommonOptions.AtLeast("--workers", 0, "-j");
    private readonly Option<bool> _ensemble = CommonOptions.SelfEnsemble();
    private readonly MethodOptionSet _methodOptions = new("How much memory may be used in all, such as 800MB or 2GB. Without it, what the machine has.");

    private UpscaleCommand()
    {
        _workers.Description = "Images in work at once; 0 chooses.";
        _format.CompletionSources.Clear();
        _format.CompletionSources.Add(_ => ImageFormats.Writable.Select(format => ImageFormats.Extension(format)[1..]));
    }

    private static string WritableNames => string.Join(", ", ImageFormats.Writable.Select(format => ImageFormats.Extension(format)[1..]));

    public static Command Create() => new UpscaleCommand().Build();

    private Command Build()
    {
        var command = new Command("upscale", "Enlarge images: one file, many, or folders.")
        {
            _inputs, _output, _model, _scale, _width, _height, _recursive, _format, _quality, _suffix, _skipExisting, _overwrite,
            _workers, _ensemble, CommonOptions.Json(),
        };
        _methodOptions.AddTo(command);
        return command.Handle(RunAsync);
    }

    private async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = Read(context);
        if (request.Output == FilePaths.StandardStream)
        {
            RefuseStandardOutput(context);
        }

        if (request.Inputs.Contains(FilePaths.StandardStream) && context.Terminal.InputIsTerminal)
        {
            throw CommandException.Usage("'-' reads an image from stdin, and stdin is the keyboard. Pipe one in: superres upscale - -o out.png < in.png");
        }

        using var choice = new UpscalerChoice(request);
        var (jobs, skipped) = new UpscalePlanner(request, context.Message).Plan();
        if (request.SelfEnsemble && choice.Main.Method.ParameterCount == 0)
        {
            context.Message($"note: --ensemble is for networks. '{choice.Main.Method.Name}' treats all directions alike and runs once.");
        }

        var outcomes = await new UpscaleRunner(context, request, choice).RunAsync(jobs, cancellationToken).ConfigureAwait(false);
        if (request.Quality is not null && outcomes.Where(outcome => outcome.Format is not null).All(outcome => ImageWriteOptions.Default.QualityOf(outcome.Format!.Value) is null))
        {
            context.Message("note: --quality is for JPEG, WebP, AVIF, HEIF and JPEG XL, and nothing was written as one of them.");
        }

        return new UpscaleSummary(choice.Main.Method.Name, [.. outcomes, .. skipped.Select(job => new UpscaleOutcome(job) { IsSkipped = true })]).Write(context);
    }

    private UpscaleRequest Read(CommandContext context)
    {
        RefuseContradictions(context);
        var size = context.IsGiven(_scale) ? TargetSize.FromScale(context.Get(_scale)!.Value)
            : context.IsGiven(_width) || context.IsGiven(_height) ? TargetSize.FromPixels(context.Get(_width), context.Get(_height))
            : (TargetSize?)null;
        return new UpscaleRequest
        {
            Inputs = context.Get(_inputs)!,
            Output = context.Get(_output),
            Method = context.Get(_model),
            MethodOptions = _methodOptions.Read(context),
            Scale = context.IsGiven(_scale) ? context.Get(_scale) : null,
            Size = size,
            SelfEnsemble = context.Get(_ensemble),
            Recursive = context.Get(_recursive),
            Overwrite = context.Get(_overwrite),
            SkipExisting = context.Get(_skipExisting),
            Format = context.Get(_format),
            Quality = context.Get(_quality),
            Suffix = context.Get(_suffix)!,
            Workers = context.Get(_workers),
        };
    }

    private void RefuseContradictions(CommandContext context)
    {
        if (!context.IsGiven(_output) && !context.IsGiven(_suffix))
        {
            throw CommandException.Usage("Say where the result goes: -o PATH, or --suffix -x4 to write beside the input.");
        }

        if (context.Get(_suffix)!.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            throw CommandException.Usage($"'{context.Get(_suffix)}' after {SuffixName} leads to another folder, and a suffix is part of a file's name. Name a folder with -o.");
        }

        if (context.IsGiven(_scale) && (context.IsGiven(_width) || context.IsGiven(_height)))
        {
            throw CommandException.Usage("-s and --width/--height both say how large the result is. Give one of them.");
        }

        if (context.Get(_overwrite) && context.Get(_skipExisting))
        {
            throw CommandException.Usage("--overwrite and --skip-existing contradict each other. Give one of them.");
        }

        if (((int?[])[context.Get(_width), context.Get(_height)]).FirstOrDefault(side => side <= 0) is { } side)
        {
            throw CommandException.Usage($"--width and --height are at least 1 pixel, got {side}.");
        }
    }

    private static void RefuseStandardOutput(CommandContext context)
    {
        if (context.Json)
        {
            throw CommandException.Usage("-o - sends the image to stdout, where --json prints its document. Leave one of them out.");
        }

        if (context.Terminal.OutputIsTerminal)
        {
            throw CommandException.Usage("-o - sends the image to stdout, and stdout is the screen. Redirect it: superres upscale in.png -o - > out.png");
        }
    }
}
