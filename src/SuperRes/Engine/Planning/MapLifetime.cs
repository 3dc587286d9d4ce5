using SuperRes.Engine.Steps;

namespace SuperRes.Engine.Planning;

/// <summary>When a map's memory is in use, and how many of its rows at once.</summary>
/// <param name="First">The first item that writes it.</param>
/// <param name="Last">The last item that reads it.</param>
/// <param name="Capacity">Rows that must be kept at once.</param>
internal readonly record struct MapLifetime(int First, int Last, int Capacity)
{
    /// <summary>Follows a schedule and notes for each map its lifetime.</summary>
    public static MapLifetime[] Follow(IReadOnlyList<WorkItem> items, IReadOnlyList<Step> steps, IReadOnlyList<MapShape> shapes)
    {
        var lifetimes = new MapLifetime[shapes.Count];
        for (var map = 0; map < shapes.Count; map++)
        {
            lifetimes[map] = Follow(map, items, steps, shapes[map]);
        }

        return lifetimes;
    }

    private static MapLifetime Follow(int map, IReadOnlyList<WorkItem> items, IReadOnlyList<Step> steps, MapShape shape)
    {
        // Backwards: the first row that this item or a later one still reads.
        var (first, last, capacity) = (items.Count, -1, 0);
        var lowest = shape.Height;
        for (var i = items.Count - 1; i >= 0; i--)
        {
            var step = steps[items[i].Step];
            for (var input = 0; input < step.Inputs.Count; input++)
            {
                if (step.Inputs[input] == map)
                {
                    lowest = Math.Min(lowest, step.InputRows(input, items[i].Rows).Within(shape.Height).Start);
                    last = Math.Max(last, i);
                }
            }

            if (step.Output == map)
            {
                first = i;
                capacity = Math.Max(capacity, items[i].Rows.End - Math.Min(lowest, items[i].Rows.Start));
            }
        }

        return new MapLifetime(first, last, capacity);
    }
}
