namespace SuperRes.Evaluation.Statistics;

/// <summary>
/// The same difference with the images as a second source of chance: would it hold for other seeds and other images of
/// the kind? Every seed is measured on every image, so the paired differences form a full table
/// d(s, i) = mean + seed(s) + image(i) + rest(s, i) with all three random (two-way crossed random effects without
/// replication; Searle, Casella and McCulloch 1992, chapter 4).
/// </summary>
public sealed record CrossedDifference
{
    /// <summary>Mean of the table: the same as the mean over seeds of the set's means.</summary>
    public required double Mean { get; init; }

    /// <summary>Seeds, the table's rows.</summary>
    public required int Seeds { get; init; }

    /// <summary>Images, the table's columns.</summary>
    public required int Images { get; init; }

    /// <summary>Standard deviation between seeds that is no chance of the single images; never below 0.</summary>
    public required double SeedDeviation { get; init; }

    /// <summary>Standard deviation between images: on some, the variant helps more than on others.</summary>
    public required double ImageDeviation { get; init; }

    /// <summary>Standard deviation of the rest: what a seed does to one image and not to the others.</summary>
    public required double RestDeviation { get; init; }

    /// <summary>Degrees of freedom of the interval, by Satterthwaite (1946).</summary>
    public required double Degrees { get; init; }

    /// <summary>Interval of the mean over new seeds and new images.</summary>
    public required Interval Interval { get; init; }

    /// <summary>Two-sided p of no difference over new seeds and images; null below <see cref="SeedDifference.FewestForClaim"/> seeds or images.</summary>
    public double? P { get; init; }

    /// <summary>Analyses a full table of paired differences.</summary>
    /// <param name="table">One row per seed, one column per image, all finite, rows of one length.</param>
    /// <param name="level">Level of the interval.</param>
    /// <returns>Null with fewer than two seeds or two images, where the sources of chance can't be told apart.</returns>
    internal static CrossedDifference? Of(IReadOnlyList<double[]> table, double level)
    {
        var (seeds, images) = (table.Count, table.Count == 0 ? 0 : table[0].Length);
        if (seeds < 2 || images < 2)
        {
            return null;
        }

        var (mean, bySeed, byImage, rest) = MeanSquares(table, seeds, images);
        var (square, degrees) = Combine(bySeed, byImage, rest, seeds - 1, images - 1);
        var error = Math.Sqrt(square / ((double)seeds * images));
        var reach = error == 0 ? 0 : StudentT.Critical(level, degrees) * error;
        return new CrossedDifference
        {
            Mean = mean,
            Seeds = seeds,
            Images = images,
            SeedDeviation = Math.Sqrt(Math.Max(0, bySeed - rest) / images),
            ImageDeviation = Math.Sqrt(Math.Max(0, byImage - rest) / seeds),
            RestDeviation = Math.Sqrt(rest),
            Degrees = degrees,
            Interval = new Interval(mean - reach, mean + reach),
            P = Math.Min(seeds, images) < SeedDifference.FewestForClaim ? null : mean == 0 ? 1 : StudentT.TwoSided(mean / error, degrees),
        };
    }

    private static (double Mean, double BySeed, double ByImage, double Remainder) MeanSquares(IReadOnlyList<double[]> table, int seeds, int images)
    {
        double[] rows = [.. table.Select(row => Sample.Mean(row))];
        double[] columns = [.. Enumerable.Range(0, images).Select(image => table.Average(row => row[image]))];
        var mean = Sample.Mean(rows);
        var rest = 0.0;
        for (var seed = 0; seed < seeds; seed++)
        {
            for (var image = 0; image < images; image++)
            {
                var residual = table[seed][image] - rows[seed] - columns[image] + mean;
                rest += residual * residual;
            }
        }

        return (
            mean,
            images * rows.Sum(row => (row - mean) * (row - mean)) / (seeds - 1),
            seeds * columns.Sum(column => (column - mean) * (column - mean)) / (images - 1),
            rest / ((seeds - 1.0) * (images - 1.0)));
    }

    /// <summary>
    /// The variance of the mean, times the table's cells: MS(seed) + MS(image) - MS(rest), with Satterthwaite's degrees
    /// of freedom. A component that comes out below 0 is 0: then the other mean square alone is left.
    /// </summary>
    private static (double Square, double Degrees) Combine(double bySeed, double byImage, double rest, int seedDegrees, int imageDegrees)
    {
        var restDegrees = (double)seedDegrees * imageDegrees;
        if (bySeed <= rest || byImage <= rest)
        {
            return Math.Max(bySeed, byImage) <= rest ? (rest, restDegrees)
                : bySeed > byImage ? (bySeed, seedDegrees)
                : (byImage, imageDegrees);
        }

        var square = bySeed + byImage - rest;
        return (square, square * square / ((bySeed * bySeed / seedDegrees) + (byImage * byImage / imageDegrees) + (rest * rest / restDegrees)));
    }
}
