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
    /// <summary>Strips are cut between tiles, so they have a multiple of this many rows.</summary>
    public const int LeastStripRows = 4;

    /// <summary>The rows of one map in a strip, and what is read and written beside them, stay in the last-level cache.</summary>
    private const int StripFloats = 400 * 1024;

    /// <summary>However wide the image: of thinner strips, most of what a step reads was made a strip before and has left the cache.</summary>
    private const int PreferredStripRows = 16;

    /// <summary>A place in the arena, and a pointer in a run or, while the plan is made, who reads it last.</summary>
    private const long BytesPerRow = 20;

    /// <summary>Which rows of which step, and what they cost or, while the plan is made, what is free after them.</summary>
    private const long BytesPerItem = 20;

    /// <summary>What a block waits for, and whether it is done.</summary>
    private const long BytesPerBlock = 12;

    private readonly MapShape[] _shapes;
    private readonly RowAllocation _rows;
    private readonly double[] _costs;

    /// <param name="stripRows">Rows of the input that pass through the network at once; null for what suits the caches.</param>
    public ExecutionPlan(CompiledNetwork network, int height, int width, int? stripRows = null)
    {
        Network = network;
        (Height, Width) = (height, width);
        _shapes = FindShapes(network, height, width);
        StripRows = Multiple(stripRows ?? Math.Max(PreferredStripRows, (int)(StripFloats / ((long)width * _shapes.Where(shape => shape.Height == height).Max(shape => shape.PixelStride)))));
        Items = Scheduler.Schedule(network.Steps, _shapes, StripRows);
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

    /// <summary>Rows of the input per strip.</summary>
    public int StripRows { get; }

    public WorkItem[] Items { get; }

    /// <summary>Floats that hold the maps.</summary>
    public long ArenaLength => _rows.Length;

    /// <summary>Floats of scratch memory per thread.</summary>
    public long ScratchLength { get; }

    /// <summary>Rows of all maps.</summary>
    public int RowCount => _shapes.Sum(shape => shape.Height);

    /// <summary>Floats of the widest window over any map, which zeros must stand in for outside of it.</summary>
    public int ZerosLength => 8 * _shapes.Max(shape => shape.PixelStride);

    /// <summary>Bytes of a run: maps, scratch memory, and the bookkeeping of rows and blocks.</summary>
    public long BytesFor(int threads)
    {
        var frame = new Frame([.. _shapes.Select(shape => RowMap.WithoutMemory(shape))], threads);
        var blocks = Items.Sum(item => (long)Network.Steps[item.Step].CountBlocks(frame, item.Rows));
        return (sizeof(float) * (ArenaLength + ZerosLength + (threads * ScratchLength))) + (BytesPerRow * RowCount) + (BytesPerItem * Items.Length) + (BytesPerBlock * blocks);
    }

    /// <summary>Bytes that keep account of the rows of all maps: what a plan takes at least, known before it is made.</summary>
    public static long BookkeepingFor(CompiledNetwork network, int height, int width) => BytesPerRow * FindShapes(network, height, width).Sum(shape => (long)shape.Height);

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

    private static int Multiple(int rows) => Math.Max(LeastStripRows, rows / LeastStripRows * LeastStripRows);
}
