namespace SuperRes.Studio.Studies;

/// <summary>Sums votes up.</summary>
internal static class StudyResults
{
    public static StudyResultsView Of(IReadOnlyList<string> methods, VoteTable votes)
    {
        var total = 0;
        var pairs = new List<PairResult>();
        for (var a = 0; a < methods.Count; a++)
        {
            for (var b = a + 1; b < methods.Count; b++)
            {
                var (rate, low, high) = Rate(votes.Wins(a, b), votes.Wins(b, a), votes.Ties(a, b));
                pairs.Add(new PairResult(methods[a], methods[b], votes.Wins(a, b), votes.Wins(b, a), votes.Ties(a, b), rate, low, high));
                total += votes.Votes(a, b);
            }
        }

        var strengths = total == 0 ? null : BradleyTerry.LogStrengths(votes);
        var results = methods.Select((name, index) =>
        {
            var (wins, losses, ties) = votes.Totals(index);
            var (rate, low, high) = Rate(wins, losses, ties);
            return new MethodResult(name, wins, losses, ties, rate, low, high, rate is null ? null : strengths?[index]);
        });
        return new StudyResultsView(total, [.. results.OrderByDescending(result => result.BradleyTerry ?? double.NegativeInfinity)], pairs);
    }

    private static (double? Rate, double Low, double High) Rate(int wins, int losses, int ties)
    {
        var votes = wins + losses + ties;
        var (low, high) = WilsonInterval.Of(wins + (ties / 2.0), votes);
        return (votes == 0 ? null : (wins + (ties / 2.0)) / votes, low, high);
    }
}
