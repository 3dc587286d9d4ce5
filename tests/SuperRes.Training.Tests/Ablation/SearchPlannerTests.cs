using SuperRes.Evaluation.Studies;
using SuperRes.Networks.Architectures;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Ablation.Searching;
using SuperRes.Training.Optimization;

namespace SuperRes.Training.Tests.Ablation;

public sealed class SearchPlannerTests : IDisposable
{
    private readonly TinyData _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData(SearchKind.Random, 16, 3, 1)]
    [InlineData(SearchKind.Halving, 9, 3, 3)]
    [InlineData(SearchKind.Halving, 16, 4, 3)]
    [InlineData(SearchKind.Halving, 1, 3, 1)]
    public void Rungs_AreAsMany(SearchKind kind, int trials, int keep, int expected) =>
        Assert.Equal(expected, SearchPlanner.Rungs(new SearchOptions { Kind = kind, Trials = trials, Keep = keep }));

    [Fact]
    public void Steps_OfHalving_AreTheBudgetsInTheLastRung()
    {
        Assert.Equal([100L, 300, 900], SearchPlanner.Steps(new SearchOptions { Kind = SearchKind.Halving, Trials = 9, Keep = 3 }, 900));
        Assert.Equal([900L], SearchPlanner.Steps(new SearchOptions { Trials = 9 }, 900));
    }

    [Fact]
    public void Cells_OfAShortRung_WarmUpForTheSameShareOfTheRun()
    {
        var search = new SearchOptions { Kind = SearchKind.Halving, Trials = 9, Keep = 3 };
        var whole = Base()[0] with { Recipe = Base()[0].Recipe with { Optimizer = new() { LearningRate = new CosineSchedule { WarmUp = 90 } } } };

        Assert.All(SearchPlanner.Cells(search, [whole], 0, []), cell => Assert.Equal(10, cell.Recipe.Optimizer.LearningRate.WarmUp));
    }

    [Fact]
    public void Cells_ATrial_DrawsTheSameForEveryVariant()
    {
        var search = new SearchOptions { Trials = 5, LearningRate = [1e-4, 1e-2], Batch = [2, 4, 8], Patch = [8, 12], Reduction = [2, 4], Placement = [CbamPlacement.BlockEnd, CbamPlacement.TailOnly] };
        var cells = SearchPlanner.Cells(search, Base(), 0, []);

        Assert.Equal(10, cells.Count);
        Assert.Equal(10, cells.Select(cell => cell.Name).Distinct().Count());
        foreach (var (none, attention) in cells.Where(cell => cell.Variant == "none").Zip(cells.Where(cell => cell.Variant == "CBAM")))
        {
            Assert.Equal(none.Recipe.Optimizer.LearningRate.Initial, attention.Recipe.Optimizer.LearningRate.Initial);
            Assert.InRange(none.Recipe.Optimizer.LearningRate.Initial, 1e-4, 1e-2);
            Assert.Equal((none.Recipe.Batch, none.Recipe.Patches[0].Size), (attention.Recipe.Batch, attention.Recipe.Patches[0].Size));
            Assert.Contains(attention.Network.Attention!.Reduction, search.Reduction);
            Assert.Null(none.Network.Attention);
        }

        Assert.True(cells.Select(cell => cell.Recipe.Optimizer.LearningRate.Initial).Distinct().Count() >= 4);
    }

    [Fact]
    public void Cells_DrawnTwice_AreTrainedOnce()
    {
        var cells = SearchPlanner.Cells(new SearchOptions { Trials = 12, Reduction = [2, 4] }, Base(), 0, []);

        // A network without attention has nothing to draw here, and one with it two settings.
        Assert.Equal("espcn-8-x2.none.seed-1.trial-0.rung-0", Assert.Single(cells, cell => cell.Variant == "none").Name);
        Assert.Equal([2, 4], cells.Where(cell => cell.Variant == "CBAM").Select(cell => cell.Network.Attention!.Reduction).Order());
    }

    [Fact]
    public void Cells_OfTheNextRung_AreTheBestByValidationWithMoreSteps()
    {
        var search = new SearchOptions { Kind = SearchKind.Halving, Trials = 9, Keep = 3, LearningRate = [1e-4, 1e-2] };
        var first = SearchPlanner.Cells(search, [Base()[0]], 0, []);
        Assert.All(first, cell => Assert.Equal(100, cell.Recipe.Steps));

        // Trial 7 is best, 2 and 5 are next; 8 failed, and leaves no result.
        double[] psnr = [1, 2, 8, 3, 4, 7, 5, 9];
        StudyCell[] results = [.. first.Zip(psnr, Result)];
        var second = SearchPlanner.Cells(search, [Base()[0]], 1, results);

        Assert.Equal(["trial-7", "trial-2", "trial-5"], second.Select(cell => cell.Name.Split('.')[^2]));
        Assert.All(second, cell => Assert.Equal(300, cell.Recipe.Steps));
        Assert.Equal(first[7].Setting, second[0].Setting);
        Assert.Equal(900, Assert.Single(SearchPlanner.Cells(search, [Base()[0]], 2, [.. second.Select((cell, i) => Result(cell, i))])).Recipe.Steps);
    }

    [Fact]
    public void Cells_OfTheNextRung_AreAsManyWhenSomeFailed()
    {
        var search = new SearchOptions { Kind = SearchKind.Halving, Trials = 9, Keep = 3, LearningRate = [1e-4, 1e-2] };
        var first = SearchPlanner.Cells(search, [Base()[0]], 0, []);

        // Four of nine failed.
        var second = SearchPlanner.Cells(search, [Base()[0]], 1, [.. first.Take(5).Select((cell, i) => Result(cell, i))]);

        Assert.Equal(["trial-4", "trial-3", "trial-2"], second.Select(cell => cell.Name.Split('.')[^2]));
    }

    private IReadOnlyList<Cell> Base()
    {
        var experiment = TinyExperiment.Create(_data, "seeds=[1]", "budget.steps=900");
        return CellRecipes.Cells(experiment, [.. experiment.Variants.Select(variant => new PlannedArm
        {
            Base = experiment.Networks[0],
            Variant = variant.Name,
            Network = CellRecipes.NetworkOf(experiment.Networks[0], variant),
            Steps = 900,
            Parameters = 1,
            MacsPerPixel = 1,
            StepMilliseconds = 1,
            EngineMilliseconds = 1,
        })]);
    }

    private static StudyCell Result(Cell cell, double psnr) => new()
    {
        Name = cell.Name, Network = cell.Label, Variant = cell.Variant, Seed = 1, Options = "", Scale = 2, Parameters = 1, MacsPerPixel = 1, Steps = cell.Recipe.Steps, TrainingImages = 1,
        Curve = [new CurvePoint(1, psnr, 0)],
    };
}
