namespace SuperRes.Imaging.Data.Preparation;

/// <summary>Where sub-images begin.</summary>
internal static class SubImageGrid
{
    /// <summary>Positions along one side, ascending; none when the side is shorter than a sub-image.</summary>
    public static IReadOnlyList<int> Positions(int length, SubImageOptions options)
    {
        var positions = new List<int>();
        for (var start = 0; start <= length - options.Size; start += options.Step)
        {
            positions.Add(start);
        }

        if (positions.Count > 0 && length - (positions[^1] + options.Size) > options.Remainder)
        {
            positions.Add(length - options.Size);
        }

        return positions;
    }

    /// <summary>Corners in the order of the file numbers: row by row.</summary>
    public static IEnumerable<(int X, int Y)> Corners(int width, int height, SubImageOptions options) =>
        from y in Positions(height, options)
        from x in Positions(width, options)
        select (x, y);
}
