using System.Globalization;
using SuperRes.Evaluation.Statistics;
using SuperRes.Evaluation.Studies;
using SuperRes.Networks;
using SuperRes.Training.Ablation.Experiments;
using SuperRes.Training.Ablation.Planning;
using SuperRes.Training.Optimization;
using SuperRes.Training.Recipes;

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

    /// <summary>The runs of a rung, of those settings that came through the rung before.</summary>
    /// <param name="search">The search.</param>
    /// <param name="cells">One cell per network and variant, with all the steps of the budget.</param>
    /// <param name="rung">From 0.</param>
    /// <param name="before">Results of the runs of the rung before that came to their end; not looked at for the first.</param>
    public static IReadOnlyList<Cell> Cells(SearchOptions search, IReadOnlyList<Cell> cells, int rung, IReadOnlyList<StudyCell> before)
    {
        return
        [
            .. from cell in cells
               from trial in rung == 0 ? Enumerable.Range(0, search.Trials) : Survivors(search, cell, rung - 1, before)
               select Trial(search, cell, trial, rung, Steps(search, cell.Recipe.Steps, rung)),
        ];
    }

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
        var random = new SplitMix64(search.Seed + ((ulong)trial << 32));
        var (words, recipe) = (new List<string>(), CellRecipes.WithSteps(cell.Recipe, steps) with { Name = Name(cell, trial, rung) });

        // Every number is drawn whether or not it is used, so that variants with and without attention get the same ones.
        var (rate, reduction, placement, batch, patch) = (random.Next() / (double)ulong.MaxValue, random.Next(1 << 30), random.Next(1 << 30), random.Next(1 << 30), random.Next(1 << 30));
        if (search.LearningRate is [var low, var high])
        {
            var value = Rounded(low * Math.Pow(high / low, rate));
            recipe = recipe with { Optimizer = recipe.Optimizer with { LearningRate = WithInitial(recipe.Optimizer.LearningRate, value) } };
            words.Add(string.Create(CultureInfo.InvariantCulture, $"learning rate {value:G3}"));
        }

        if (recipe.Network.Attention is { } attention)
        {
            attention = search.Reduction.Count > 0 && attention.Channel ? attention with { Reduction = search.Reduction[reduction % search.Reduction.Count] } : attention;
            attention = search.Placement.Count > 0 ? attention with { Placement = search.Placement[placement % search.Placement.Count] } : attention;
            words.Add(string.Create(CultureInfo.InvariantCulture, $"reduction {attention.Reduction}, placement {attention.Placement}"));
            recipe = recipe with { Network = recipe.Network with { Attention = attention } };
        }

        if (search.Batch.Count > 0)
        {
            recipe = recipe with { Batch = search.Batch[batch % search.Batch.Count] };
            words.Add(string.Create(CultureInfo.InvariantCulture, $"batch {recipe.Batch}"));
        }

        if (search.Patch.Count > 0)
        {
            recipe = recipe with { Patches = [new PatchStage { Size = search.Patch[patch % search.Patch.Count] }] };
            words.Add(string.Create(CultureInfo.InvariantCulture, $"patch {recipe.Patches[0].Size}"));
        }

        return cell with { Name = recipe.Name, Recipe = recipe, Setting = string.Join(", ", words) };
    }

    private static string Name(Cell cell, int trial, int rung) => string.Create(CultureInfo.InvariantCulture, $"{cell.Name}.trial-{trial}.rung-{rung}");

    /// <summary>Three significant digits: more would say nothing, and these can be typed again.</summary>
    private static double Rounded(double value) => double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static LearningRateSchedule WithInitial(LearningRateSchedule schedule, double initial) => schedule with { Initial = initial };
}
