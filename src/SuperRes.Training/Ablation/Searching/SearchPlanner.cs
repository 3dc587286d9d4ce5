using System.Globalization;
using SuperRes.Evaluation.Statistics;
using SuperRes.Evaluation.Studies;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Planning;

namespace SuperRes.Training.Ablation.Searching;

/// <summary>
/// The runs of a search. Trial n draws the same numbers for every network and variant, so that none is luckier. Successive
/// halving trains each rung anew, from the first step with a schedule of its own length: a run that is cut short has not
/// seen the end of its schedule, and can't be judged by it.
/// </summary>
internal static class SearchPlanner
{
    /// <summary>How many rungs there are; random search has one.</summary>
    public static int Rungs(SearchOptions search)
    {
        if (search.Kind == SearchKind.Random)
        {
            return 1;
        }

        var rungs = 1;
        while (Trials(search, rungs - 1) > 1)
        {
            rungs++;
        }

        return rungs;
    }

    /// <summary>The steps of each rung's runs, given those of the whole budget.</summary>
    public static IReadOnlyList<long> Steps(SearchOptions search, long budget) => [.. Enumerable.Range(0, Rungs(search)).Select(rung => Steps(search, budget, rung))];

    /// <summary>The ends of every range and every value of every list, one at a time: where these can be trained, all can that is drawn.</summary>
    public static IEnumerable<SearchDraw> Ends(SearchOptions search) =>
    [
        .. search.LearningRate.Select(rate => new SearchDraw { LearningRate = rate }),
        .. search.Reduction.Select(reduction => new SearchDraw { Reduction = reduction }),
        .. search.Placement.Select(placement => new SearchDraw { Placement = placement }),
        .. search.Batch.Select(batch => new SearchDraw { Batch = batch }),
        .. search.Patch.Select(patch => new SearchDraw { Patch = patch }),
    ];

    /// <summary>The runs of a rung, of those settings that came through the rung before. What is drawn twice for a network and variant is trained once, as the first of them.</summary>
    /// <param name="search">The search.</param>
    /// <param name="cells">One cell per network and variant, with all the steps of the budget.</param>
    /// <param name="rung">From 0.</param>
    /// <param name="before">Results of the runs of the rung before that came to their end; not looked at for the first.</param>
    public static IReadOnlyList<Cell> Cells(SearchOptions search, IReadOnlyList<Cell> cells, int rung, IReadOnlyList<StudyCell> before)
    {
        return
        [
            .. from cell in cells
               let trials = rung == 0 ? Enumerable.Range(0, search.Trials) : Survivors(search, cell, rung - 1, before)
               from trial in trials.Select(number => Trial(search, cell, number, rung, Steps(search, cell.Recipe.Steps, rung))).DistinctBy(drawn => drawn.Setting)
               select trial,
        ];
    }

    /// <summary>As many cells as the rungs from one on hold at most, with their steps and without their settings.</summary>
    public static IReadOnlyList<Cell> Later(SearchOptions search, IReadOnlyList<Cell> cells, int first) =>
    [
        .. from rung in Enumerable.Range(first, Rungs(search) - first)
           from cell in cells
           let later = cell with { Recipe = CellRecipes.WithSteps(cell.Recipe, Steps(search, cell.Recipe.Steps, rung)) }
           from trial in Enumerable.Repeat(later, Trials(search, rung))
           select trial,
    ];

    /// <summary>The best by the last measurement on the validation images; equal ones go by number. A run that failed leaves its place to the next.</summary>
    private static IEnumerable<int> Survivors(SearchOptions search, Cell cell, int rung, IReadOnlyList<StudyCell> results) =>
        (from trial in Enumerable.Range(0, search.Trials)
         let result = results.FirstOrDefault(result => result.Name == Name(cell, trial, rung))
         where result is not null
         orderby result.Curve[^1].Psnr descending, trial
         select trial).Take(Trials(search, rung + 1));

    private static long Steps(SearchOptions search, long budget, int rung) => Math.Max(1, (long)Math.Round(budget * Math.Pow(search.Keep, rung - Rungs(search) + 1)));

    /// <summary>How many settings a rung has.</summary>
    private static int Trials(SearchOptions search, int rung)
    {
        var left = search.Trials;
        for (var i = 0; i < rung; i++)
        {
            left = Math.Max(1, left / search.Keep);
        }

        return left;
    }

    private static Cell Trial(SearchOptions search, Cell cell, int trial, int rung, long steps)
    {
        var draw = Draw(search, trial);
        var recipe = draw.ApplyTo(CellRecipes.WithSteps(cell.Recipe, steps) with { Name = Name(cell, trial, rung) });
        return cell with { Name = recipe.Name, Recipe = recipe, Setting = draw.Describe(recipe) };
    }

    /// <summary>Every number is drawn whether or not it is used, so that variants with and without attention get the same ones.</summary>
    private static SearchDraw Draw(SearchOptions search, int trial)
    {
        var random = new SplitMix64(search.Seed + ((ulong)trial << 32));
        var (rate, reduction, placement, batch, patch) = (random.Next() / (double)ulong.MaxValue, random.Next(1 << 30), random.Next(1 << 30), random.Next(1 << 30), random.Next(1 << 30));
        return new SearchDraw
        {
            LearningRate = search.LearningRate is [var low, var high] ? Rounded(low * Math.Pow(high / low, rate)) : null,
            Reduction = Of(search.Reduction, reduction),
            Placement = Of(search.Placement, placement),
            Batch = Of(search.Batch, batch),
            Patch = Of(search.Patch, patch),
        };
    }

    private static T? Of<T>(IReadOnlyList<T> values, int number)
        where T : struct => values.Count > 0 ? values[number % values.Count] : null;

    private static string Name(Cell cell, int trial, int rung) => string.Create(CultureInfo.InvariantCulture, $"{cell.Name}.trial-{trial}.rung-{rung}");

    /// <summary>Three significant digits: more would say nothing, and these can be typed again.</summary>
    private static double Rounded(double value) => double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
