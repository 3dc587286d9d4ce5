using SuperRes.Evaluation;
using SuperRes.Metrics;
using SuperRes.Pixels;

namespace SuperRes.Tests.Evaluation;

public sealed class EvaluatorFailureTests
{
    private static readonly EvaluationOptions Options = new() { Protocol = Protocols.Paper, OtherProtocols = [], Scales = [2] };
    private static readonly EvaluationPair Good = new(TestImages.Texture(40, 40));

    [Fact]
    public void Run_UnreadableImage_FailsForEveryModelAndGoesOn()
    {
        var set = new FakeSet("S", ("a", Good), ("broken", null), ("b", Good));
        var run = new Evaluator(Options).Run([EvaluatorTests.Bicubic(), Constant("black")], [set]);

        Assert.True(run.HasFailures);
        Assert.All(run.Report.Results, result =>
        {
            Assert.Equal(["a", "b"], result.Images.Select(image => image.Name));
            Assert.Equal(new ImageFailure("broken", "'broken.png' is not an image."), Assert.Single(result.Failures));
        });
    }

    [Fact]
    public void Run_AModelThatThrows_FailsAloneWithItsMessageInOneLine()
    {
        var model = new EvaluationModel("bad", 0, (_, _, _, _) => throw new ArgumentException("No\n  such layer.", "layer"));
        var run = new Evaluator(Options).Run([model, Constant("black")], [new FakeSet("S", ("a", Good))]);

        Assert.Equal("No such layer.", Assert.Single(run.Report.Results[0].Failures).Error);
        Assert.Null(run.Report.Results[0].Psnr);
        Assert.Single(run.Report.Results[1].Images);
    }

    [Fact]
    public void Run_AModelThatMakesAWrongSize_SaysBothSizes()
    {
        var model = new EvaluationModel("small", 0, (image, width, height, _) => new ImageBuffer(width - 1, height, image.Color, image.SampleType));
        var failure = Assert.Single(new Evaluator(Options).Run([model], [new FakeSet("S", ("a", Good))]).Report.Results[0].Failures);

        Assert.Equal("small made 39x40 of 20x20, and x2 is 40x40.", failure.Error);
    }

    [Fact]
    public void Run_LowResolutionOfAWrongSize_SaysWhatWasExpectedAndWhatToDo()
    {
        var set = new FakeSet("S", ("a", new EvaluationPair(TestImages.Texture(41, 40), TestImages.Texture(21, 20))));
        var failure = Assert.Single(new Evaluator(Options).Run([Constant("black")], [set]).Report.Results[0].Failures);

        Assert.StartsWith("The low-resolution image is 21x20, and the original of 41x40 makes 20x20 at x2.", failure.Error, StringComparison.Ordinal);
        Assert.Contains("superres degrade", failure.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TransparentImage_IsAFailure()
    {
        var image = new ImageBuffer(24, 24, ColorModel.Rgba, SampleType.UInt8);
        var failure = Assert.Single(new Evaluator(Options).Run([Constant("black")], [new FakeSet("S", ("glass", new EvaluationPair(image)))]).Report.Results[0].Failures);

        Assert.Contains("transparent", failure.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Progress_CountsEveryMeasurementFailedOnesToo()
    {
        var steps = new List<EvaluationProgress>();
        var set = new FakeSet("S", ("a", Good), ("broken", null));
        new Evaluator(Options with { Scales = [2, 4] }).Run([Constant("m"), Constant("n")], [set], new Recorder(steps));

        Assert.Equal(Enumerable.Range(1, 8), steps.Select(step => step.Done));
        Assert.All(steps, step => Assert.Equal(8, step.Total));
        Assert.Equal(new EvaluationProgress(3, 8, "S", 2, "broken", "m", null), steps[2]);
        Assert.NotNull(steps[0].Psnr);
    }

    [Fact]
    public void Run_Cancelled_ThrowsAndReadsNoMore()
    {
        using var source = new CancellationTokenSource();
        var set = new FakeSet("S", ("a", Good), ("b", Good), ("c", Good));
        var steps = new Recorder([], _ => source.Cancel());

        Assert.Throws<OperationCanceledException>(() => new Evaluator(Options).Run([Constant("m")], [set], steps, source.Token));
        Assert.Equal(1, set.Loads);
    }

    [Fact]
    public void Run_AModelThatCancelsOnItsOwn_IsAFailureNotTheEnd()
    {
        var model = new EvaluationModel("timeout", 0, (_, _, _, _) => throw new TaskCanceledException("The model timed out."));
        var run = new Evaluator(Options).Run([model], [new FakeSet("S", ("a", Good))]);

        Assert.Equal("The model timed out.", Assert.Single(run.Report.Results[0].Failures).Error);
    }

    [Fact]
    public void Run_WithWrongArguments_SaysWhichName()
    {
        var evaluator = new Evaluator(Options);
        var set = new FakeSet("S", ("a", Good));

        Assert.Contains("'m'", Assert.Throws<ArgumentException>(() => evaluator.Run([Constant("m"), Constant("m")], [set])).Message, StringComparison.Ordinal);
        Assert.Contains("'S'", Assert.Throws<ArgumentException>(() => evaluator.Run([Constant("m")], [set, set])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => evaluator.Run([], [set]));
        Assert.Contains("'x'", Assert.Throws<ArgumentException>(() => new Evaluator(Options with { Baseline = "x" }).Run([Constant("m")], [set])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_WithWrongOptions_ListsEveryFault()
    {
        var error = Assert.Throws<ArgumentException>(() => new Evaluator(Options with { Scales = [1], Repeats = 0, FiguresPerSet = -1 }));

        Assert.Contains("scale is 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("0 times", error.Message, StringComparison.Ordinal);
        Assert.Contains("-1 figures", error.Message, StringComparison.Ordinal);
    }

    private static EvaluationModel Constant(string name) =>
        new(name, 0, (image, width, height, _) => new ImageBuffer(width, height, image.Color, image.SampleType));

    private sealed class Recorder(List<EvaluationProgress> steps, Action<EvaluationProgress>? action = null) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value)
        {
            steps.Add(value);
            action?.Invoke(value);
        }
    }
}
