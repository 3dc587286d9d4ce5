using SuperRes.Studio.Studies;

namespace SuperRes.Studio.Tests.Studies;

public sealed class BradleyTerryTests
{
    /// <summary>
    /// Wins of the American League's eastern division in 1987 (Agresti, Categorical Data Analysis, 1990, p. 438), a row over
    /// a column: Milwaukee, Detroit, Toronto, New York, Boston, Cleveland, Baltimore. The coefficients are those that the
    /// vignette of R's BradleyTerry2 prints, Baltimore being 0.
    /// </summary>
    private static readonly int[][] Baseball =
    [
        [0, 7, 9, 7, 7, 9, 11],
        [6, 0, 7, 5, 11, 9, 9],
        [4, 6, 0, 7, 7, 8, 12],
        [6, 8, 6, 0, 6, 7, 10],
        [6, 2, 6, 7, 0, 7, 12],
        [4, 4, 5, 6, 6, 0, 6],
        [2, 4, 1, 3, 1, 7, 0],
    ];

    private static readonly double[] BaseballCoefficients = [1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0];

    [Fact]
    public void LogStrengths_OfBaseball1987_AreThePublishedOnes()
    {
        var table = new VoteTable(7);
        for (var a = 0; a < 7; a++)
        {
            for (var b = a + 1; b < 7; b++)
            {
                table.Add(a, b, Baseball[a][b], Baseball[b][a], 0);
            }
        }

        var strengths = BradleyTerry.LogStrengths(table);

        Assert.All(strengths.Zip(BaseballCoefficients), pair => Assert.Equal(pair.Second, pair.First - strengths[6], 4));
        Assert.Equal(0, strengths.Sum(), 9);
    }

    [Fact]
    public void LogStrengths_OfTwoMethodsWithTies_AreTheClosedForm()
    {
        // Davidson's model of two has as many parameters as outcomes, so it fits them exactly: p1 / p2 = wins1 / wins2.
        var table = new VoteTable(2);
        table.Add(0, 1, 12, 3, 10);

        var strengths = BradleyTerry.LogStrengths(table);

        Assert.Equal(Math.Log(4), strengths[0] - strengths[1], 7);
    }

    [Fact]
    public void LogStrengths_WithTies_SatisfyTheLikelihoodsEquations()
    {
        // At the maximum each method's expected score equals its score (Davidson 1970, equation 2.4), for one value of v.
        var table = new VoteTable(3);
        table.Add(0, 1, 9, 4, 7);
        table.Add(0, 2, 11, 5, 4);
        table.Add(1, 2, 6, 8, 6);

        var p = BradleyTerry.LogStrengths(table).Select(Math.Exp).ToArray();

        var v = Bisect(tie => Enumerable.Range(0, 3).SelectMany(i => Enumerable.Range(i + 1, 2 - i), (i, j) => table.Votes(i, j) * TieShare(p[i], p[j], tie)).Sum() - (7 + 4 + 6));
        for (var i = 0; i < 3; i++)
        {
            var (wins, _, ties) = table.Totals(i);
            var expected = Enumerable.Range(0, 3).Where(j => j != i).Sum(j => table.Votes(i, j) * ((p[i] / Denominator(p[i], p[j], v)) + (TieShare(p[i], p[j], v) / 2)));
            Assert.Equal(wins + (ties / 2.0), expected, 5);
        }
    }

    [Fact]
    public void LogStrengths_OfAMethodThatNeverLost_AreFiniteAndInOrder()
    {
        var table = new VoteTable(3);
        table.Add(0, 1, 5, 0, 0);
        table.Add(1, 2, 3, 2, 0);

        var strengths = BradleyTerry.LogStrengths(table);

        Assert.All(strengths, strength => Assert.True(double.IsFinite(strength)));
        Assert.True(strengths[0] > strengths[1] && strengths[1] > strengths[2]);
    }

    [Fact]
    public void LogStrengths_OfSymmetricVotes_AreZero()
    {
        var table = new VoteTable(3);
        table.Add(0, 1, 4, 4, 1);
        table.Add(0, 2, 4, 4, 1);
        table.Add(1, 2, 4, 4, 1);

        Assert.All(BradleyTerry.LogStrengths(table), strength => Assert.Equal(0, strength, 9));
    }

    private static double Denominator(double a, double b, double v) => a + b + (v * Math.Sqrt(a * b));

    private static double TieShare(double a, double b, double v) => v * Math.Sqrt(a * b) / Denominator(a, b, v);

    private static double Bisect(Func<double, double> rising)
    {
        var (low, high) = (1e-6, 1e3);
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = rising(middle) < 0 ? (middle, high) : (low, middle);
        }

        return low;
    }
}
