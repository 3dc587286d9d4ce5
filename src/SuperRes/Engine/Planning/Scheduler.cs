using SuperRes.Engine.Steps;

namespace SuperRes.Engine.Planning;

/// <summary>
/// Decides in which order steps make which rows. The result is asked for in strips from the top; each strip asks its
/// inputs for the rows it lacks, back to the source. Maps marked whole are made at once when first asked for. So whole
/// images, a tail in strips and a depth-first walk over rolling rows are one mechanism, and no row is made twice.
/// </summary>
internal sealed class Scheduler(IReadOnlyList<Step> steps, IReadOnlyList<MapShape> shapes, IReadOnlyList<bool> whole, int stripRows)
{
    private readonly int[] _done = new int[shapes.Count];
    private readonly int[] _needed = new int[shapes.Count];

    /// <param name="steps">Steps in order, the sink last.</param>
    /// <param name="shapes">The maps.</param>
    /// <param name="whole">Whether a map is made at once.</param>
    /// <param name="stripRows">Rows of the result per strip.</param>
    public static List<WorkItem> Schedule(IReadOnlyList<Step> steps, IReadOnlyList<MapShape> shapes, IReadOnlyList<bool> whole, int stripRows) =>
        new Scheduler(steps, shapes, whole, stripRows).Run();

    private List<WorkItem> Run()
    {
        var items = new List<WorkItem>();
        var sink = steps[^1].Output;
        var height = shapes[sink].Height;
        for (var end = 0; end < height;)
        {
            end = Math.Min(height, end + stripRows);
            _needed[sink] = end;
            Ask();
            Make(items);
        }

        return items;
    }

    /// <summary>What each step must have made for the strip, from the last step back.</summary>
    private void Ask()
    {
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            var step = steps[i];
            var output = step.Output;
            var target = Target(step);
            if (target <= _done[output])
            {
                continue;
            }

            _needed[output] = target;
            for (var input = 0; input < step.Inputs.Count; input++)
            {
                var map = step.Inputs[input];
                var rows = step.InputRows(input, new RowRange(_done[output], target)).Within(shapes[map].Height);
                _needed[map] = Math.Max(_needed[map], rows.End);
            }
        }
    }

    private void Make(List<WorkItem> items)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var output = steps[i].Output;
            if (_needed[output] > _done[output])
            {
                items.Add(new WorkItem(i, new RowRange(_done[output], _needed[output])));
                _done[output] = _needed[output];
            }
        }
    }

    /// <summary>The rows to have made: those needed, up to the step's multiple.</summary>
    private int Target(Step step)
    {
        var needed = _needed[step.Output];
        var height = shapes[step.Output].Height;
        if (needed <= _done[step.Output])
        {
            return needed;
        }

        return whole[step.Output] ? height : Math.Min(height, (needed + step.RowMultiple - 1) / step.RowMultiple * step.RowMultiple);
    }
}
