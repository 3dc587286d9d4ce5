using SuperRes.Engine.Memory;

namespace SuperRes.Engine.Planning;

/// <summary>What steps see while they run.</summary>
internal sealed class Frame(RowMap[] maps, int threads)
{
    /// <summary>All maps of the plan, by number.</summary>
    public RowMap[] Maps { get; } = maps;

    /// <summary>Threads that share the blocks; decides their number, never the result.</summary>
    public int Threads { get; } = threads;

    /// <summary>Where the input's rows come from.</summary>
    public IRowSource? Source { get; set; }

    /// <summary>Where the result's rows go.</summary>
    public IRowSink? Sink { get; set; }

    /// <summary>Where the rows of each tap go.</summary>
    public IReadOnlyList<IRowSink> Taps { get; set; } = [];
}
