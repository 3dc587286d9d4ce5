using SuperRes.Evaluation;
using SuperRes.Evaluation.Reports;
using SuperRes.Evaluation.Reports.Html;
using SuperRes.Metrics;
using SuperRes.Pixels;

namespace SuperRes.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private static readonly ImageBuffer First = TestImages.Texture(48, 40);
    private static readonly ImageBuffer Second = TestImages.Texture(40, 44, seed: 3);

    private static readonly EvaluationOptions Options = new() { Protocol = Protocols.Paper, OtherProtocols = [], Scales = [2] };

    [Fact]
    public void Run_ModelsWithKnownErrors_ReportsTheirPsnr()
    {
        // 20 log10(255 / 1) and 20 log10(255 / 5), by hand.
        var run = new Evaluator(Options).Run([OffBy("one", 1), OffBy("five", 5)], [Set("S")]);

        var (one, five) = (run.Report.Results[0], run.Report.Results[1]);
        Assert.Equal(("one", "S", 2), (one.Model, one.Dataset, one.Scale));
        Assert.Equal(48.1308, one.Psnr!.Value, 1e-4);
        Assert.Equal(34.1514, five.Psnr!.Value, 1e-4);
        Assert.Equal(["first", "second"], one.Images.Select(image => image.Name));
        Assert.All(one.Images, image => Assert.Equal(48.1308, image.Psnr, 1e-4));
        Assert.Equal(48.1308, one.PsnrInterval!.Value.Low, 1e-4);
        Assert.False(run.HasFailures);
    }

    [Fact]
    public void Run_AgainstTheFirstModel_ComparesPairs()
    {
        var run = new Evaluator(Options).Run([OffBy("five", 5), OffBy("one", 1)], [Set("S")]);

        var comparison = Assert.Single(run.Report.Comparisons);
        Assert.Equal(("one", "five"), (comparison.Model, comparison.Baseline));
        Assert.Equal(13.9794, comparison.Psnr!.Mean, 1e-4);
        Assert.Equal((2, 2), (comparison.Psnr.Images, comparison.Psnr.Better));
        Assert.True(comparison.Ssim!.Mean > 0);
    }

    [Fact]
    public void Run_APerfectModel_ReportsInfinity()
    {
        var result = new Evaluator(Options).Run([OffBy("perfect", 0)], [Set("S")]).Report.Results[0];

        Assert.Equal(double.PositiveInfinity, result.Psnr);
        Assert.Equal(1, result.Ssim!.Value, 1e-12);
    }

    [Fact]
    public void Run_SeveralSetsAndScales_OrdersResultsBySetThenScaleThenModel()
    {
        var run = new Evaluator(Options with { Scales = [2, 4] }).Run([OffBy("a", 1), OffBy("b", 2)], [Set("S"), Set("T")]);

        Assert.Equal(
            ["S 2 a", "S 2 b", "S 4 a", "S 4 b", "T 2 a", "T 2 b", "T 4 a", "T 4 b"],
            run.Report.Results.Select(result => $"{result.Dataset} {result.Scale} {result.Model}"));
        Assert.Equal(4, run.Report.Comparisons.Count);
    }

    [Fact]
    public void Run_WithOtherProtocols_MeasuresTheSameOutputByAll()
    {
        var options = Options with { OtherProtocols = [Protocols.Paper, Protocols.Y] };
        var run = new Evaluator(options).Run([OffBy("one", 1)], [Set("S")]);

        // A gray shift of 1 is 219/255 of luma: 48.1308 + 20 log10(255 / 219).
        var result = run.Report.Results[0];
        Assert.Equal(["y"], run.Report.OtherProtocols.Select(card => card.Name));
        Assert.Equal(49.4526, Assert.Single(result.Others).Psnr, 1e-3);
        Assert.Equal(49.4526, Assert.Single(result.Images[0].Others).Psnr, 1e-3);
    }

    [Fact]
    public void Run_ImageTooSmallForAnotherProtocol_KeepsTheMainNumber()
    {
        // 14 pixels: the paper's protocol cuts nothing off, y at x2 leaves 10, and SSIM needs 11.
        var set = new FakeSet("S", ("tiny", new EvaluationPair(TestImages.Texture(14, 14))));
        var result = new Evaluator(Options with { OtherProtocols = [Protocols.Y] }).Run([Bicubic()], [set]).Report.Results[0];

        Assert.Empty(result.Failures);
        Assert.Empty(Assert.Single(result.Images).Others);
    }

    [Fact]
    public void Run_AnImageTooSmallForAnotherProtocol_CountsTheImagesOfItsMean()
    {
        var set = new FakeSet("S", ("large", new EvaluationPair(First)), ("tiny", new EvaluationPair(TestImages.Texture(14, 14))));
        var report = new Evaluator(Options with { OtherProtocols = [Protocols.Y] }).Run([Bicubic()], [set]).Report;

        Assert.Equal(2, report.Results[0].Images.Count);
        Assert.Equal(1, Assert.Single(report.Results[0].Others).Images);
        Assert.Equal(1, EvaluationReport.FromJson(report.ToJson()).Results[0].Others[0].Images);
        Assert.Contains("By protocol y only 1 of 2 images were measured", MarkdownReport.Write(report), StringComparison.Ordinal);
        Assert.Contains("By protocol y only 1 of 2 images were measured", HtmlReport.Write(report, [], _ => []), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_GrayOriginalWithLowResolutionStoredAsRgb_IsMeasuredAsGray()
    {
        var gray = TestImages.Texture(40, 40, ColorModel.Gray);
        var low = SuperRes.Resampling.Degradation.Degrade(gray, 2);
        var rgb = new ImageBuffer(20, 20, ColorModel.Rgb, SampleType.UInt8);
        for (var i = 0; i < rgb.Samples<byte>().Length; i++)
        {
            rgb.Samples<byte>()[i] = low.Samples<byte>()[i / 3];
        }

        var tinted = rgb.Clone();
        tinted.Samples<byte>()[^1]++;
        var results = new[] { low, rgb, tinted }.Select(image => new Evaluator(Options with { Protocol = Protocols.Y })
            .Run([Bicubic()], [new FakeSet("S", ("gray", new EvaluationPair(gray, image)))]).Report.Results[0]).ToArray();

        Assert.NotNull(results[0].PsnrGrayDirect);
        Assert.Equal(results[0].PsnrGrayDirect, results[1].PsnrGrayDirect);
        Assert.Null(results[2].PsnrGrayDirect);
    }

    [Fact]
    public void Run_GrayImageAmongColour_ReportsBothReadingsOfTheSet()
    {
        // 1.3218 dB = 20 log10(255 / 219) on one image of two: the mean is half of that lower.
        var set = new FakeSet("S", ("colour", new EvaluationPair(First)), ("gray", new EvaluationPair(TestImages.Texture(40, 40, ColorModel.Gray))));
        var result = new Evaluator(Options with { Protocol = Protocols.Y }).Run([Bicubic()], [set]).Report.Results[0];

        Assert.Equal(result.Psnr!.Value - (1.3218 / 2), result.PsnrGrayDirect!.Value, 1e-4);
        Assert.Null(result.Images[0].PsnrGrayDirect);
    }

    [Fact]
    public void Run_OfAnImageThatCouldNotBeKeptAsItIs_SaysSoOnce()
    {
        var set = new FakeSet("S", ("cmyk", new EvaluationPair(First) { Notes = ["CMYK became sRGB."] }));
        var report = new Evaluator(Options with { Scales = [2, 4] }).Run([Bicubic()], [set]).Report;

        Assert.Equal(["S cmyk: CMYK became sRGB."], report.Notes);
        Assert.Contains("- Note: S cmyk: CMYK became sRGB.", MarkdownReport.Write(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithRepeats_TakesTheMedianTimeOfEachImage()
    {
        // The warm-up takes the first 100 ms; then 3 times per image.
        var clock = new FakeClock();
        var times = new Queue<double>([100, 30, 10, 20, 7, 9, 8]);
        var model = new EvaluationModel("m", 0, (image, width, height, _) =>
        {
            clock.Advance(times.Dequeue());
            return new ImageBuffer(width, height, image.Color, image.SampleType);
        });

        var result = new Evaluator(Options with { Repeats = 3 }, clock).Run([model], [Set("S")]).Report.Results[0];

        Assert.Equal([20, 8], result.Images.Select(image => image.Ms));
        Assert.Equal(14, result.Ms);
    }

    [Fact]
    public void Run_WithoutLowResolution_MakesItAsTheLiteratureDoes()
    {
        ImageBuffer? seen = null;
        var model = new EvaluationModel("spy", 0, (image, width, height, _) =>
        {
            seen = image;
            return new ImageBuffer(width, height, image.Color, image.SampleType);
        });
        var odd = TestImages.Texture(47, 45);
        new Evaluator(Options with { Scales = [4] }).Run([model], [new FakeSet("S", ("odd", new EvaluationPair(odd)))]);

        var expected = SuperRes.Resampling.Degradation.Degrade(odd, 4);
        Assert.Equal((11, 11), (seen!.Width, seen.Height));
        Assert.Equal(expected.Samples<byte>().ToArray(), seen.Samples<byte>().ToArray());
    }

    [Fact]
    public void Run_OpaqueAlpha_IsLeftOut()
    {
        var rgba = new ImageBuffer(24, 24, ColorModel.Rgba, SampleType.UInt8);
        rgba.Samples<byte>().Fill(255);
        var run = new Evaluator(Options).Run([Bicubic()], [new FakeSet("S", ("white", new EvaluationPair(rgba)))]);

        Assert.Equal(double.PositiveInfinity, run.Report.Results[0].Psnr);
    }

    [Fact]
    public void Run_Date_IsTheClocksToTheSecond()
    {
        var report = new Evaluator(Options, new FakeClock()).Run([Bicubic()], [Set("S")]).Report;
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero), report.Date);
    }

    [Fact]
    public void Run_ModelsThatDiffer_CutsFigures()
    {
        var run = new Evaluator(Options with { FiguresPerSet = 1 }).Run([Bicubic(), OffBy("one", 1)], [Set("S")]);

        var figure = Assert.Single(run.Figures);
        Assert.Equal(run.Report.Figures.Single(), figure.Reference);
        Assert.Equal(["bicubic", "one"], figure.Panels.Select(panel => panel.Model));
        Assert.Equal(figure.Reference.Region.Width, figure.Panels[0].Crop.Width);
        Assert.Equal(figure.Reference.Region.Width, figure.LowResolution.Width * 2);
        Assert.Empty(new Evaluator(Options with { FiguresPerSet = 0 }).Run([Bicubic()], [Set("S")]).Figures);
    }

    internal static FakeSet Set(string name) => new(name, ("first", Pair(First)), ("second", Pair(Second)));

    /// <summary>The low-resolution image only says which image it is: <see cref="OffBy"/> looks the original up by its size.</summary>
    private static EvaluationPair Pair(ImageBuffer reference) => new(reference);

    internal static EvaluationModel OffBy(string name, int error) => new(name, 0, (_, width, height, _) =>
        TestImages.Brighter(width == First.Width ? First : width == Second.Width ? Second : new ImageBuffer(width, height, ColorModel.Rgb, SampleType.UInt8), error));

    internal static EvaluationModel Bicubic() => EvaluationModel.From(SuperRes.Upscaling.Upscaler.Load("bicubic"));
}
