using SuperRes.Engine.Compilation;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Steps;

namespace SuperRes.Engine.Planning;

/// <summary>
/// A compiled network for one input size: the schedule and the place of every map in memory. Immutable, shared by
/// concurrent runs.
/// </summary>
internal sealed class ExecutionPlan
{
    /// <summary>Strips are cut between tiles.</summary>
    private const int RowMultiple = 4;

    private const int StripFloats = 400 * 1024;

    private readonly MapShape[] _shapes;
    private readonly RowAllocation _rows;
    private readonly double[] _costs;

    public ExecutionPlan(CompiledNetwork network, int height, int width)
    {
        Network = network;
        (Height, Width) = (height, width);
        _shapes = FindShapes(network, height, width);
        var widest = _shapes.Where(shape => shape.Height == height).Max(shape => shape.PixelStride);
        Items = Scheduler.Schedule(network.Steps, _shapes, StripRows(width * widest));
        _rows = RowAllocation.Follow(Items, network.Steps, _shapes);
        ScratchLength = network.Steps.Max(step => step.ScratchLength(_shapes[step.Output]));
        _costs = new double[Items.Length + 1];
        for (var item = 0; item < Items.Length; item++)
        {
            _costs[item + 1] = _costs[item] + (Step(item).CostPerRow(_shapes[Step(item).Output]) * Items[item].Rows.Count);
        }
    }

    public CompiledNetwork Network { get; }

    public int Height { get; }

    public int Width { get; }

    public WorkItem[] Items { get; }

    /// <summary>Floats that hold the maps.</summary>
    public long ArenaLength => _rows.Length;

    /// <summary>Floats of scratch memory per thread.</summary>
    public long ScratchLength { get; }

    /// <summary>Rows of all maps.</summary>
    public int RowCount => _shapes.Sum(shape => shape.Height);

    /// <summary>Floats of the widest window over any map, which zeros must stand in for outside of it.</summary>
    public int ZerosLength => 8 * _shapes.Max(shape => shape.PixelStride);

    /// <summary>Multiply-adds of all items before this one.</summary>
    public double CostBefore(int item) => _costs[item];

    /// <summary>The step of an item.</summary>
    public Step Step(int item) => Network.Steps[Items[item].Step];

    /// <summary>The maps at their places in an arena.</summary>
    /// <param name="rows">Receives the place of each row of each map; must live as long as the maps.</param>
    public unsafe RowMap[] Bind(float* arena, float* zeros, float** rows)
    {
        var maps = new RowMap[_shapes.Length];
        for (var map = 0; map < maps.Length; map++)
        {
            var shape = _shapes[map];
            maps[map] = new RowMap(rows, zeros, shape.Height, shape.Width, shape.PixelStride);
            foreach (var offset in _rows.Offsets(map))
            {
                *rows++ = arena + offset;
            }
        }

        return maps;
    }

    private static MapShape[] FindShapes(CompiledNetwork network, int height, int width)
    {
        var shapes = network.Graph.InferShapes(height, width);
        MapShape[] maps = [.. network.Maps.Select(map => shapes[map.Node.Index]).Select(shape =>
            new MapShape(shape.Channels, shape.Height, shape.Width, Packing.PixelStride(shape.Channels)))];
        foreach (var step in network.Steps)
        {
            for (var extra = 0; extra < step.Extras.Count; extra++)
            {
                if (network.Maps[step.Extras[extra]].IsExtra)
                {
                    maps[step.Extras[extra]] = step.ExtraShape(extra, maps[step.Output]);
                }
            }
        }

        return maps;
    }

    /// <summary>Rows of a strip: those of one map, and of what is read and written beside it, stay in the last-level cache.</summary>
    private static int StripRows(int rowLength) => Math.Max(RowMultiple, StripFloats / rowLength / RowMultiple * RowMultiple);
}
