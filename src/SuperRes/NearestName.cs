namespace SuperRes;

/// <summary>Finds the name that a person most likely meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// The candidate with the fewest insertions, deletions, substitutions and swaps of neighbours (optimal string
    /// alignment, ignoring case), or null when even that one differs in more than a third of the letters.
    /// </summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        var (nearest, distance) = ((string?)null, int.MaxValue);
        foreach (var candidate in candidates)
        {
            var steps = Distance(name, candidate);
            if (steps < distance)
            {
                (nearest, distance) = (candidate, steps);
            }
        }

        return nearest is not null && distance * 3 <= Math.Max(name.Length, nearest.Length) + 1 ? nearest : null;
    }

    /// <summary>The end of a sentence about a wrong name: "; did you mean 'blocks'?", or nothing where no candidate is near.</summary>
    public static string Hint(string? name, IEnumerable<string> candidates) =>
        name is not null && Find(name, candidates) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    private static int Distance(string from, string to)
    {
        var steps = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            steps[i, 0] = i;
        }

        for (var j = 0; j <= to.Length; j++)
        {
            steps[0, j] = j;
        }

        for (var i = 1; i <= from.Length; i++)
        {
            for (var j = 1; j <= to.Length; j++)
            {
                var substitution = Same(from[i - 1], to[j - 1]) ? 0 : 1;
                var best = Math.Min(Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, steps[i - 1, j - 1] + substitution);
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                {
                    best = Math.Min(best, steps[i - 2, j - 2] + 1);
                }

                steps[i, j] = best;
            }
        }

        return steps[from.Length, to.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
