using SuperRes.Engine.Steps;

namespace SuperRes.Engine.Planning;

/// <summary>
/// Decides in which order steps make which rows: depth first. A strip of rows passes through all steps before the next
/// strip is begun, so that a step finds its input still in a cache, and of each map only the rows in use are kept. Each
/// step lags behind the one before by the rows that its window reaches down; no row is made twice.
/// </summary>
/// <remarks>
/// A step that needs a whole map (global pooling) ends a walk: the map is finished first, in strips, and the next walk
/// begins there.
/// </remarks>
internal sealed class Scheduler
{
    private readonly IReadOnlyList<Step> _steps;
    private readonly IReadOnlyList<MapShape> _shapes;
    private readonly int _stripRows;
    private readonly int[] _done;
    private readonly int[] _needed;
    private readonly int[] _owners;
    private readonly List<WorkItem> _items = [];

    private Scheduler(IReadOnlyList<Step> steps, IReadOnlyList<MapShape> shapes, int stripRows)
    {
        (_steps, _shapes, _stripRows) = (steps, shapes, stripRows);
        _done = new int[shapes.Count];
        _needed = new int[shapes.Count];
        _owners = [.. Enumerable.Range(0, shapes.Count)];
        foreach (var step in steps)
        {
            foreach (var extra in step.Extras)
            {
                _owners[extra] = step.Output;
            }
        }
    }

    /// <param name="steps">Steps in order, the sink last.</param>
    /// <param name="shapes">The maps.</param>
    /// <param name="stripRows">Rows of the input per strip.</param>
    public static WorkItem[] Schedule(IReadOnlyList<Step> steps, IReadOnlyList<MapShape> shapes, int stripRows)
    {
        var scheduler = new Scheduler(steps, shapes, stripRows);
        foreach (var step in steps)
        {
            for (var input = 0; input < step.Inputs.Count; input++)
            {
                if (step.InputRows(input, new RowRange(0, 1)) == RowRange.All)
                {
                    scheduler.Finish(scheduler._owners[step.Inputs[input]]);
                }
            }
        }

        scheduler.Finish(steps[^1].Output);
        return [.. scheduler._items];
    }

    /// <summary>Makes all rows of a map, strip by strip.</summary>
    private void Finish(int map)
    {
        var height = _shapes[map].Height;
        if (_done[map] == height)
        {
            return;
        }

        var input = _shapes[_steps[0].Output].Height;
        // The strips begin above the image: the first steps have a lead of as many rows as the windows reach down in all,
        // and get it strip by strip.
        Ask(map, 0);
        var lead = Math.Max(0, _needed[_steps[0].Output]);
        for (var end = -lead / _stripRows * _stripRows; end < input;)
        {
            end = Math.Min(input, end + _stripRows);
            Ask(map, end == input ? height : (int)((long)end * height / input));
            Make();
        }
    }

    /// <summary>What each step must have made when a map is made to <paramref name="end"/>, which may lie above the image.</summary>
    private void Ask(int target, int end)
    {
        Array.Fill(_needed, int.MinValue);
        _needed[target] = end;
        for (var i = _steps.Count - 1; i >= 0; i--)
        {
            var step = _steps[i];
            if (_needed[step.Output] == int.MinValue)
            {
                continue;
            }

            _needed[step.Output] = Math.Min(_shapes[step.Output].Height, RoundUp(_needed[step.Output], step.RowMultiple));
            for (var input = 0; input < step.Inputs.Count; input++)
            {
                // Who reads what is made beside a map needs all of it, and so all of the map.
                var map = _owners[step.Inputs[input]];
                var rows = step.InputRows(input, new RowRange(_needed[step.Output] - step.RowMultiple, _needed[step.Output]));
                _needed[map] = Math.Max(_needed[map], Math.Min(_shapes[map].Height, rows.End));
            }
        }
    }

    private void Make()
    {
        for (var i = 0; i < _steps.Count; i++)
        {
            var output = _steps[i].Output;
            if (_needed[output] > _done[output])
            {
                _items.Add(new WorkItem(i, new RowRange(_done[output], _needed[output])));
                _done[output] = _needed[output];
            }
        }
    }

    private static int RoundUp(int rows, int multiple) => -RowRange.FloorDivide(-rows, multiple) * multiple;
}
