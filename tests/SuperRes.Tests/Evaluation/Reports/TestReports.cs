using SuperRes.Evaluation;
using SuperRes.Evaluation.Figures;
using SuperRes.Evaluation.Statistics;
using SuperRes.Metrics;
using SuperRes.Pixels;

namespace SuperRes.Tests.Evaluation.Reports;

/// <summary>Small reports with numbers chosen by hand.</summary>
internal static class TestReports
{
    private static readonly ProtocolCard Card = new("y", "Y", "as Y", "scale", 255, "11x11", "8 bits", "bicubic", ["A note."]);

    /// <summary>Two models, two images, one of them perfect.</summary>
    public static EvaluationReport Small() => new()
    {
        Protocol = Card,
        OtherProtocols = [Card with { Name = "paper", Notes = [] }],
        Results =
        [
            Result("bicubic", 28.5, [Image("baby", 30.25, 0.875, 1.5), Image("bird", 26.75, 0.75, 2)]),
            Result("edsr-x4", double.PositiveInfinity, [Image("baby", double.PositiveInfinity, 1, 1500), Image("bird", 27.75, 0.8, 1200)]) with { Parameters = 1_517_571 },
        ],
        Comparisons =
        [
            new ModelComparison
            {
                Model = "edsr-x4",
                Baseline = "bicubic",
                Dataset = "Set5",
                Scale = 4,
                Psnr = new PairedDifference(1, 1, 1),
                Ssim = new PairedDifference(0.0875, 2, 2, new Interval(-0.05, 0.125)),
            },
        ],
        Bootstrap = new BootstrapOptions(),
        Repeats = 3,
        Environment = new EvaluationEnvironment { Processor = "A Processor", Processors = 2, VectorBits = 256, Architecture = "X64", OperatingSystem = "Linux", Runtime = ".NET 10" },
        Version = "0.1.0",
        Date = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
    };

    /// <summary>Names that try to be markup, and a failure.</summary>
    public static EvaluationReport Hostile() => Small() with
    {
        Results =
        [
            Result("<script>alert('m')</script>", 28.5, [Image("a|b\"onload=x", 30, 0.9, 1), Image("=1+1,\n", 27, 0.8, 1)]) with { Dataset = "</style><b>" },
            Result("b*c_d`e", 28, [Image("a|b\"onload=x", 28, 0.8, 1)]) with { Dataset = "</style><b>", Failures = [new ImageFailure("=1+1,\n", "\"<i>\" is 3x3, not 4x4.")] },
        ],
        Comparisons = [],
    };

    public static ComparisonFigure Figure() => new()
    {
        Reference = new FigureReference { Dataset = "Set5", Scale = 4, Image = "baby", Region = new PixelRegion(8, 16, 48, 48), File = "figures/01-Set5-x4-baby.png" },
        Protocol = "y",
        ImageWidth = 64,
        ImageHeight = 80,
        Overview = TestImages.Texture(64, 80),
        Original = TestImages.Texture(48, 48),
        LowResolution = TestImages.Texture(12, 12),
        Panels =
        [
            new FigurePanel { Model = "bicubic", Crop = TestImages.Texture(48, 48, seed: 1), Psnr = 30.25, Ssim = 0.875 },
            new FigurePanel { Model = "edsr-x4", Crop = TestImages.Texture(48, 48, ColorModel.Gray), Psnr = double.PositiveInfinity, Ssim = 1 },
        ],
    };

    /// <summary>Stands in for an encoder: the picture's size, in two bytes.</summary>
    public static byte[] FakePng(ImageBuffer image) => [(byte)image.Width, (byte)image.Height];

    private static EvaluationResult Result(string model, double psnr, ImageResult[] images) => new()
    {
        Model = model,
        Dataset = "Set5",
        Scale = 4,
        Psnr = psnr,
        PsnrInterval = new Interval(26.75, psnr),
        Ssim = 0.8125,
        Parameters = 0,
        Ms = images.Average(image => image.Ms),
        Images = images,
        Others = [new ProtocolScore { Protocol = "paper", Psnr = 25.125, Ssim = 0.5, PsnrPrintedPeak = 24.5 }],
    };

    private static ImageResult Image(string name, double psnr, double ssim, double ms) => new() { Name = name, Psnr = psnr, Ssim = ssim, Ms = ms };
}
