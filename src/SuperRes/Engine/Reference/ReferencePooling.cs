using SuperRes.Networks.Operations;

namespace SuperRes.Engine.Reference;

/// <summary>Pooling by its definitions.</summary>
internal static class ReferencePooling
{
    /// <summary>Each channel of each image to one value.</summary>
    public static ReferenceMap Global(ReferenceMap x, PoolKind pool) =>
        x.Fill(x.Channels, 1, 1, (n, c, _, _) => Reduce(pool, Window(x, n, c, 0, 0, x.Height, x.Width)));

    /// <summary>Each position to one value.</summary>
    public static ReferenceMap OverChannels(ReferenceMap x, PoolKind pool) =>
        x.Fill(1, x.Height, x.Width, (n, _, row, column) => Reduce(pool, Enumerable.Range(0, x.Channels).Select(c => x[n, c, row, column])));

    /// <summary>Each window to its largest value.</summary>
    public static ReferenceMap Max2d(ReferenceMap x, int kernel) =>
        x.Fill(x.Channels, x.Height / kernel, x.Width / kernel, (n, c, row, column) =>
            Reduce(PoolKind.Max, Window(x, n, c, row * kernel, column * kernel, kernel, kernel)));

    private static IEnumerable<double> Window(ReferenceMap x, int n, int c, int top, int left, int height, int width) =>
        from row in Enumerable.Range(top, height)
        from column in Enumerable.Range(left, width)
        select x[n, c, row, column];

    private static double Reduce(PoolKind pool, IEnumerable<double> values) => pool switch
    {
        PoolKind.Average => values.Average(),
        PoolKind.Max => values.Aggregate(Math.Max), // Unlike LINQ's Max, NaN if any value is, as in PyTorch.
        _ => throw new ArgumentOutOfRangeException(nameof(pool), pool, null),
    };
}
