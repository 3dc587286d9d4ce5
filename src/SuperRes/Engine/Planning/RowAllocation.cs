using SuperRes.Engine.Steps;

namespace SuperRes.Engine.Planning;

/// <summary>
/// Gives every row of every map its place in one arena. A row's place is taken when the row is made and free again when
/// the last item that reads it is surely done, which is after the next one (see <see cref="BlockSequence"/>); rows of one length share places, the one freed last first, which is likely still in a
/// cache. Rolling buffers, whole maps and sums that overwrite their operand all come out of this one rule.
/// </summary>
internal sealed class RowAllocation
{
    private readonly Dictionary<long, Stack<long>> _free = [];
    private readonly long[] _lengths;
    private readonly long[][] _offsets;

    private RowAllocation(IReadOnlyList<MapShape> shapes)
    {
        _lengths = [.. shapes.Select(shape => RoundUp((long)shape.Width * shape.PixelStride))];
        _offsets = [.. shapes.Select(shape => new long[shape.Height])];
    }

    /// <summary>Floats of the arena.</summary>
    public long Length { get; private set; }

    /// <summary>The place of each row of a map.</summary>
    public ReadOnlySpan<long> Offsets(int map) => _offsets[map];

    /// <summary>Follows a schedule and places rows as they come.</summary>
    public static RowAllocation Follow(IReadOnlyList<WorkItem> items, IReadOnlyList<Step> steps, IReadOnlyList<MapShape> shapes)
    {
        var allocation = new RowAllocation(shapes);
        var releases = Releases(items, steps, shapes);
        var made = new int[shapes.Count];
        for (var i = 0; i < items.Count; i++)
        {
            var step = steps[items[i].Step];
            if (step.HasOutput)
            {
                allocation.Take(step.Output, items[i].Rows, made);
            }

            for (var extra = 0; extra < step.Extras.Count; extra++)
            {
                allocation.Take(step.Extras[extra], step.ExtraRows(extra, items[i].Rows), made);
            }

            foreach (var (released, rows) in i > 0 ? releases[i - 1] : [])
            {
                for (var y = rows.Start; y < Math.Min(rows.End, made[released]); y++)
                {
                    allocation._free[allocation._lengths[released]].Push(allocation._offsets[released][y]);
                }
            }
        }

        return allocation;
    }

    /// <summary>For each item, the rows that no later item reads. Rows are read from the top down, so each map has one front of rows that are done with.</summary>
    private static List<(int Map, RowRange Rows)>[] Releases(IReadOnlyList<WorkItem> items, IReadOnlyList<Step> steps, IReadOnlyList<MapShape> shapes)
    {
        var releases = new List<(int, RowRange)>[items.Count];
        var front = shapes.Select(shape => shape.Height).ToArray();
        for (var i = items.Count - 1; i >= 0; i--)
        {
            releases[i] = [];
            var step = steps[items[i].Step];
            for (var input = 0; input < step.Inputs.Count; input++)
            {
                var map = step.Inputs[input];
                var rows = step.InputRows(input, items[i].Rows).Within(shapes[map].Height);
                if (rows.Start < front[map])
                {
                    releases[i].Add((map, new RowRange(rows.Start, front[map])));
                    front[map] = rows.Start;
                }
            }
        }

        return releases;
    }

    /// <summary>Rows begin at cache lines.</summary>
    private static long RoundUp(long floats) => (floats + 15) / 16 * 16;

    private void Take(int map, RowRange rows, int[] made)
    {
        made[map] = rows.End;
        for (var y = rows.Start; y < rows.End; y++)
        {
            _offsets[map][y] = Take(_lengths[map]);
        }
    }

    private long Take(long length)
    {
        if (!_free.TryGetValue(length, out var free))
        {
            _free[length] = free = [];
        }

        if (free.TryPop(out var offset))
        {
            return offset;
        }

        offset = Length;
        Length += length;
        return offset;
    }
}
