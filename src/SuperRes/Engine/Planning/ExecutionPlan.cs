using SuperRes.Engine.Compilation;
using SuperRes.Engine.Memory;

namespace SuperRes.Engine.Planning;

/// <summary>
/// A compiled network for one input size: the schedule and the place of every map in memory. Immutable, shared by
/// concurrent runs.
/// </summary>
internal sealed class ExecutionPlan
{
    private readonly MapShape[] _shapes;
    private readonly MapLifetime[] _lifetimes;
    private readonly long[] _offsets;

    public ExecutionPlan(CompiledNetwork network, int height, int width)
    {
        Network = network;
        (Height, Width) = (height, width);
        var shapes = network.Graph.InferShapes(height, width);
        _shapes = [.. network.Maps.Select(node => shapes[node.Index]).Select(shape =>
            new MapShape(shape.Channels, shape.Height, shape.Width, Packing.PixelStride(shape.Channels)))];
        bool[] whole = [.. _shapes.Select(shape => shape.Height <= height)];
        Items = [.. Scheduler.Schedule(network.Steps, _shapes, whole, StripRows(shapes[network.Graph.Output.Index].Height, height))];
        _lifetimes = MapLifetime.Follow(Items, network.Steps, _shapes);
        var sink = network.Steps[^1].Output;
        (_offsets, ArenaLength) = ArenaLayout.Place(
            [.. _shapes.Select((shape, map) => map == sink ? 0 : (long)_lifetimes[map].Capacity * shape.Width * shape.PixelStride)], _lifetimes);
        ScratchLength = network.Steps.Max(step => step.ScratchLength(_shapes[step.Output]));
        Cost = Items.Sum(CostOf);
    }

    public CompiledNetwork Network { get; }

    public int Height { get; }

    public int Width { get; }

    public WorkItem[] Items { get; }

    /// <summary>Floats that hold the maps.</summary>
    public long ArenaLength { get; }

    /// <summary>Floats of scratch memory per thread.</summary>
    public long ScratchLength { get; }

    /// <summary>Multiply-adds of all items.</summary>
    public double Cost { get; }

    /// <summary>Floats of the widest window over any map, which zeros must stand in for outside of it.</summary>
    public int ZerosLength => 8 * _shapes.Max(shape => shape.PixelStride);

    /// <summary>Multiply-adds of one item.</summary>
    public double CostOf(WorkItem item)
    {
        var step = Network.Steps[item.Step];
        return step.CostPerRow(_shapes[step.Output]) * item.Rows.Count;
    }

    /// <summary>The maps at their places in an arena.</summary>
    public unsafe RowMap[] Bind(float* arena, float* zeros)
    {
        var maps = new RowMap[_shapes.Length];
        for (var map = 0; map < maps.Length; map++)
        {
            var shape = _shapes[map];
            maps[map] = new RowMap(arena + _offsets[map], zeros, shape.Height, shape.Width, shape.PixelStride, Math.Max(1, _lifetimes[map].Capacity));
        }

        return maps;
    }

    /// <summary>Strips of 4 rows of the input, or 16 of the result if that is more: two rows of tiles in a network that enlarges by 4.</summary>
    private static int StripRows(int outputHeight, int inputHeight) => Math.Max(16, 4 * Math.Max(1, outputHeight / inputHeight));
}
