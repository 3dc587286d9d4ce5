namespace SuperRes.Cli.Commands.Runs;

/// <summary>A curve in one line of text: eight heights of block characters.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>Draws values, evenly spaced; more than <paramref name="width"/> are averaged in groups of neighbours.</summary>
    /// <param name="values">Finite values; others are left out.</param>
    /// <param name="width">The most characters.</param>
    public static string Of(IEnumerable<double> values, int width = 48)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        var columns = Math.Min(width, finite.Length);
        double[] means = [.. Enumerable.Range(0, columns).Select(i => finite[(i * finite.Length / columns)..((i + 1) * finite.Length / columns)].Average())];
        if (columns == 0)
        {
            return "";
        }

        var (low, high) = (means.Min(), means.Max());
        return string.Concat(means.Select(mean => Blocks[high > low ? (int)Math.Round((mean - low) / (high - low) * (Blocks.Length - 1)) : 0]));
    }
}
