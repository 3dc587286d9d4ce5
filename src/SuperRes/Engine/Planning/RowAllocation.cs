using SuperRes.Engine.Steps;

namespace SuperRes.Engine.Planning;

/// <summary>
/// Gives every row of every map its place in one arena. A row's place is taken when the row is made and free again when
/// the last item that reads it is surely done, which is after the next one (see <see cref="BlockSequence"/>); rows of one length share places, the one freed last first, which is likely still in a
/// cache. Rolling buffers, whole maps and sums that overwrite their operand all come out of this one rule.
/// </summary>
internal sealed class RowAllocation
{
    private const int LineFloats = 16;

    /// <summary>Cache lines after which a first-level cache of 32 KB with 8 ways begins again.</summary>
    private const int PeriodLines = 64;

    private const int CrowdedLines = 8;
    private const int PaddingLines = 11;

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
        var (starts, releases) = Releases(items, steps, shapes);
        for (var i = 0; i < items.Count; i++)
        {
            var step = steps[items[i].Step];
            if (step.HasOutput)
            {
                allocation.Take(step.Output, items[i].Rows);
            }

            for (var extra = 0; extra < step.Extras.Count; extra++)
            {
                allocation.Take(step.Extras[extra], step.ExtraRows(extra, items[i].Rows));
            }

            foreach (var (map, y) in i > 0 ? releases.AsSpan(starts[i - 1]..starts[i]) : [])
            {
                allocation._free[allocation._lengths[map]].Push(allocation._offsets[map][y]);
            }
        }

        return allocation;
    }

    /// <summary>The rows that no item reads after item i: those from <c>Starts[i]</c> to <c>Starts[i + 1]</c>.</summary>
    private static (int[] Starts, (int Map, int Row)[] Rows) Releases(IReadOnlyList<WorkItem> items, IReadOnlyList<Step> steps, IReadOnlyList<MapShape> shapes)
    {
        var lastReaders = shapes.Select(shape => new int[shape.Height]).ToArray();
        for (var i = 0; i < items.Count; i++)
        {
            var step = steps[items[i].Step];
            for (var input = 0; input < step.Inputs.Count; input++)
            {
                var rows = step.InputRows(input, items[i].Rows).Within(shapes[step.Inputs[input]].Height);
                lastReaders[step.Inputs[input]].AsSpan(rows.Start, rows.Count).Fill(i);
            }
        }

        // Item 0 reads nothing: what it would release are rows that nobody reads, and those keep their place.
        var ends = new int[items.Count + 1];
        foreach (var reader in lastReaders.SelectMany(readers => readers).Where(reader => reader > 0))
        {
            ends[reader + 1]++;
        }

        for (var i = 0; i < items.Count; i++)
        {
            ends[i + 1] += ends[i];
        }

        // Filling moves the start of each item's rows on to their end, which is the next item's start.
        var released = new (int, int)[ends[^1]];
        for (var map = 0; map < shapes.Count; map++)
        {
            for (var y = 0; y < shapes[map].Height; y++)
            {
                if (lastReaders[map][y] is > 0 and var reader)
                {
                    released[ends[reader]++] = (map, y);
                }
            }
        }

        return ([0, .. ends.AsSpan(..^1)], released);
    }

    /// <summary>
    /// Rows begin at cache lines. A kernel reads the same pixels of several rows, and writes them of several more: rows of
    /// a multiple of the caches' period are made a little longer, or those pixels would all compete for the same few places.
    /// </summary>
    private static long RoundUp(long floats)
    {
        var lines = (floats + LineFloats - 1) / LineFloats;
        var beyond = (lines + CrowdedLines) % PeriodLines;
        return (beyond < 2 * CrowdedLines && lines > PeriodLines / 2 ? lines - beyond + CrowdedLines + PaddingLines : lines) * LineFloats;
    }

    private void Take(int map, RowRange rows)
    {
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
