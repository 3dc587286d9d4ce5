using SuperRes.Evaluation.Statistics;

namespace SuperRes.Training.Ablation.Planning;

/// <summary>Medians of what is measured several times, and of two that are measured in turn, so that what else the machine does hits both alike.</summary>
internal static class Turns
{
    /// <summary>Median of a measurement that is repeated.</summary>
    public static double Median(Func<double> measure, int times) => Sample.Median([.. Enumerable.Range(0, times).Select(_ => measure())]);

    /// <summary>Median over rounds of one measurement over another, each round taking both.</summary>
    public static double Ratio(Func<double> one, Func<double> other, int rounds) => Sample.Median([.. Enumerable.Range(0, rounds).Select(_ => one() / other())]);
}
