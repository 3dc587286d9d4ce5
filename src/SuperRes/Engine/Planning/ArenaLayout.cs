namespace SuperRes.Engine.Planning;

/// <summary>Places maps in one stretch of memory so that maps in use at the same time don't overlap.</summary>
internal static class ArenaLayout
{
    private const int Alignment = 16;

    /// <summary>
    /// Largest first, each at the lowest place that is free for its lifetime (as TensorFlow Lite does: Pisarchyk and Lee
    /// 2020, arXiv:2001.03288, "greedy by size").
    /// </summary>
    /// <param name="lengths">Floats of each map; 0 for a map without memory.</param>
    /// <returns>The offset of each map, and the floats needed in all.</returns>
    public static (long[] Offsets, long Length) Place(IReadOnlyList<long> lengths, IReadOnlyList<MapLifetime> lifetimes)
    {
        var offsets = new long[lengths.Count];
        var placed = new List<int>();
        long total = 0;
        foreach (var map in Enumerable.Range(0, lengths.Count).Where(map => lengths[map] > 0).OrderByDescending(map => lengths[map]).ThenBy(map => map))
        {
            long offset = 0;
            foreach (var other in placed.Where(other => Overlap(lifetimes[map], lifetimes[other])).OrderBy(other => offsets[other]))
            {
                if (offset + lengths[map] <= offsets[other])
                {
                    break;
                }

                offset = Math.Max(offset, Align(offsets[other] + lengths[other]));
            }

            offsets[map] = offset;
            total = Math.Max(total, Align(offset + lengths[map]));
            placed.Add(map);
        }

        return (offsets, total);
    }

    private static bool Overlap(MapLifetime x, MapLifetime y) => x.First <= y.Last && y.First <= x.Last;

    private static long Align(long length) => (length + Alignment - 1) / Alignment * Alignment;
}
