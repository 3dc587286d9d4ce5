using SuperRes.Engine.Steps;

namespace SuperRes.Engine.Planning;

/// <summary>
/// Decides in which order steps make which rows: depth first. A strip of rows passes through all steps before the next
/// strip is begun, so that a step finds its input still in a cache, and of each map only the rows in use are kept. Each
/// step lags behind the one before by the rows that its window reaches ahead; no row is made twice.
/// </summary>
/// <remarks>
/// A step that needs a whole map (global pooling) ends a walk: the map is finished first, in strips, and the next walk
/// begins there. Walks go down and up in turn, so that a walk begins with the rows that the one before touched last. The
/// first and the last go down: images are read and written in strips from the top.
/// </remarks>
internal sealed class Scheduler
{
    private readonly IReadOnlyList<Step> _steps;
    private readonly IReadOnlyList<MapShape> _shapes;
    private readonly int _stripRows;
    private readonly int[] _owners;
    private readonly RowRange[] _done;
    private readonly int[] _front;
    private readonly List<WorkItem> _items = [];

    private Scheduler(IReadOnlyList<Step> steps, IReadOnlyList<MapShape> shapes, int stripRows)
    {
        (_steps, _shapes, _stripRows) = (steps, shapes, stripRows);
        _done = new RowRange[shapes.Count];
        _front = new int[shapes.Count];
        _owners = [.. Enumerable.Range(0, shapes.Count)];
        foreach (var step in steps)
        {
            foreach (var extra in step.Extras)
            {
                _owners[extra] = step.Output;
            }
        }
    }

    /// <param name="steps">Steps in order, the source first and the sink last.</param>
    /// <param name="shapes">The maps.</param>
    /// <param name="stripRows">Rows of the input per strip.</param>
    public static WorkItem[] Schedule(IReadOnlyList<Step> steps, IReadOnlyList<MapShape> shapes, int stripRows)
    {
        var scheduler = new Scheduler(steps, shapes, stripRows);
        var walks = scheduler.FindWalks();
        for (var i = 0; i < walks.Count; i++)
        {
            scheduler.Walk(walks[i], goesUp: i % 2 == 1 && i < walks.Count - 1);
        }

        return [.. scheduler._items];
    }

    /// <summary>The maps that must be finished one after another.</summary>
    private List<int> FindWalks()
    {
        var walks = new List<int>();
        foreach (var step in _steps)
        {
            for (var input = 0; input < step.Inputs.Count; input++)
            {
                if (step.InputRows(input, new RowRange(0, 1)) == RowRange.All)
                {
                    walks.Add(_owners[step.Inputs[input]]);
                }
            }
        }

        // Maps of one pixel are made on the way of the next walk.
        return [.. walks.Where(map => _shapes[map].Height > 1).Append(_steps[^1].Output).Distinct()];
    }

    /// <summary>Makes all rows of a map, strip by strip.</summary>
    private void Walk(int map, bool goesUp)
    {
        // A map that was left unfinished on the way down is continued from there.
        goesUp &= !_done.Where((done, other) => done.Count > 0 && done.Count < _shapes[other].Height).Any();
        var height = _shapes[map].Height;
        var input = _shapes[_steps[0].Output].Height;
        // The strips begin outside the image: the first steps have a lead of as many rows as the windows reach ahead in
        // all, and get it strip by strip.
        Ask(map, goesUp ? height : 0, goesUp);
        var lead = goesUp ? input - _front[_steps[0].Output] : _front[_steps[0].Output];
        for (var end = -Math.Max(0, lead) / _stripRows * _stripRows; end < input;)
        {
            end = Math.Min(input, end + _stripRows);
            var rows = end == input ? height : (int)((long)end * height / input);
            Ask(map, goesUp ? height - rows : rows, goesUp);
            Make(goesUp);
        }
    }

    /// <summary>
    /// How far each step must have come when a map has come to <paramref name="front"/>: down to that row from the top, or
    /// up to it from the bottom. It may lie outside the image.
    /// </summary>
    private void Ask(int target, int front, bool goesUp)
    {
        Array.Fill(_front, goesUp ? int.MaxValue : int.MinValue);
        _front[target] = front;
        for (var i = _steps.Count - 1; i >= 0; i--)
        {
            var step = _steps[i];
            if (_front[step.Output] is int.MinValue or int.MaxValue)
            {
                continue;
            }

            var own = goesUp
                ? Math.Max(0, step.RowPhase + (RowRange.FloorDivide(_front[step.Output] - step.RowPhase, step.RowMultiple) * step.RowMultiple))
                : Math.Min(_shapes[step.Output].Height, step.RowPhase - (RowRange.FloorDivide(step.RowPhase - _front[step.Output], step.RowMultiple) * step.RowMultiple));
            _front[step.Output] = own;
            for (var input = 0; input < step.Inputs.Count; input++)
            {
                // Who reads what is made beside a map needs all of it, and so all of the map.
                var map = _owners[step.Inputs[input]];
                var rows = step.InputRows(input, goesUp ? new RowRange(own, own + step.RowMultiple) : new RowRange(own - step.RowMultiple, own));
                _front[map] = goesUp
                    ? Math.Min(_front[map], Math.Max(0, rows.Start))
                    : Math.Max(_front[map], Math.Min(_shapes[map].Height, rows.End));
            }
        }

        foreach (var tap in _steps.Where(step => step.IsTap))
        {
            _front[tap.Output] = _front[_owners[tap.Inputs[0]]];
        }
    }

    private void Make(bool goesUp)
    {
        for (var i = 0; i < _steps.Count; i++)
        {
            var output = _steps[i].Output;
            var (height, done, front) = (_shapes[output].Height, _done[output], _front[output]);
            if (front is int.MinValue or int.MaxValue)
            {
                continue;
            }

            var rows = goesUp
                ? new RowRange(front, done.Count == 0 ? height : done.Start)
                : new RowRange(done.End, front);
            if (rows.Count > 0)
            {
                _items.Add(new WorkItem(i, rows));
                _done[output] = done.Count == 0 ? rows : new RowRange(Math.Min(done.Start, rows.Start), Math.Max(done.End, rows.End));
            }
        }
    }
}
