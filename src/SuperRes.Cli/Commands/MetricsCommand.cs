using System.CommandLine;
using System.Globalization;
using SuperRes.Cli.CommandLine;
using SuperRes.Cli.Commands.Metrics;
using SuperRes.Imaging;
using SuperRes.Metrics;
using SuperRes.Pixels;
using SuperRes.Resampling;

namespace SuperRes.Cli.Commands;

/// <summary><c>superres metrics</c>: every protocol's numbers for one pair.</summary>
internal sealed class MetricsCommand
{
    private const int DefaultScale = 4;

    private readonly Argument<string> _image = new("IMAGE") { Description = "The image to judge." };
    private readonly Argument<string> _reference = new("REFERENCE") { Description = "What it should be." };
    private readonly Option<int> _scale = new("--scale", "-s")
    {
        Description = "The super-resolution factor, which decides how much of the edges is left out.",
        HelpName = "SCALE",
        DefaultValueFactory = _ => DefaultScale,
        CustomParser = result => int.TryParse(result.Tokens[0].Value.Trim('x', 'X'), NumberStyles.None, CultureInfo.InvariantCulture, out var scale) && scale > 0
            ? scale
            : CommonOptions.Fail<int>(result, $"'{result.Tokens[0].Value}' is no scale to measure at. Give a whole number of at least 1, such as 4."),
    };

    public static Command Create() => new MetricsCommand().Build();

    private Command Build()
    {
        var command = new Command("metrics", "PSNR and SSIM of one image against its reference, under every protocol.")
        {
            _image, _reference, _scale, CommonOptions.Json(),
        };
        return command.Handle((context, cancellationToken) => Task.Run(() => Run(context, cancellationToken), cancellationToken));
    }

    private int Run(CommandContext context, CancellationToken cancellationToken)
    {
        var (imagePath, referencePath, scale) = (context.Get(_image)!, context.Get(_reference)!, context.Get(_scale));
        var image = ImageFile.Read(imagePath, cancellationToken: cancellationToken);
        var reference = ImageFile.Read(referencePath, cancellationToken: cancellationToken);
        var pixels = Match(image.Pixels, reference.Pixels, imagePath, referencePath, scale, context);
        foreach (var (path, note) in image.Notes.Select(note => (imagePath, note)).Concat(reference.Notes.Select(note => (referencePath, note))))
        {
            context.Message($"note: '{path}': {note}");
        }

        TellWhatIsNotCompared(image, reference, context);

        var scores = Protocols.All.Select(protocol => Measure(protocol, image.Pixels, pixels, scale)).ToList();
        var report = new MetricsReport(imagePath, referencePath, pixels.Width, pixels.Height, scale, scores);
        if (context.Json)
        {
            context.WriteJson(report.WriteTo);
        }
        else
        {
            report.WriteTo(context.Output);
        }

        if (scores.TrueForAll(score => score.Score is null))
        {
            context.Error($"superres: Nothing is measured: {pixels.Width}x{pixels.Height} is too small once the edges are cut as for x{scale}. Take larger images, or give their scale with -s.");
            return ExitCode.SomeFailed;
        }

        return ExitCode.Done;
    }

    /// <summary>The reference at the image's size: cropped to a multiple of the scale, as evaluation does, where that is the difference.</summary>
    private static ImageBuffer Match(ImageBuffer image, ImageBuffer reference, string imagePath, string referencePath, int scale, CommandContext context)
    {
        if ((image.Width, image.Height) == (reference.Width, reference.Height))
        {
            return reference;
        }

        if ((image.Width, image.Height) != (reference.Width / scale * scale, reference.Height / scale * scale))
        {
            throw CommandException.Usage(
                $"'{imagePath}' is {image.Width}x{image.Height} and '{referencePath}' is {reference.Width}x{reference.Height}: they must be of one size, "
                + "or the image must be the reference cropped to a multiple of the scale (-s).");
        }

        context.Message($"note: '{referencePath}' is cropped from {reference.Width}x{reference.Height} to {image.Width}x{image.Height}, a multiple of {scale}.");
        return Degradation.CropToMultiple(reference, scale);
    }

    private static void TellWhatIsNotCompared(LoadedImage image, LoadedImage reference, CommandContext context)
    {
        if (image.Pixels.HasAlpha || reference.Pixels.HasAlpha)
        {
            context.Message("note: alpha is not measured.");
        }

        if (image.Metadata.IccProfile is { IsEmpty: false } mine && reference.Metadata.IccProfile is { IsEmpty: false } theirs && !mine.Span.SequenceEqual(theirs.Span))
        {
            context.Message("note: the colour profiles differ; the samples are compared as they are stored.");
        }
    }

    private static (Protocol Protocol, QualityScore? Score) Measure(Protocol protocol, ImageBuffer image, ImageBuffer reference, int scale)
    {
        var cut = 2 * protocol.Shave(scale);
        return (protocol, Math.Min(image.Width, image.Height) - cut < Ssim.WindowSize ? null : protocol.Measure(image, reference, scale));
    }
}
