using SuperRes.Engine.Planning;

namespace SuperRes.Engine.Steps;

/// <summary>
/// One fused operation of a compiled network: makes rows of one map from rows of others. Steps hold packed weights, know
/// no image size, and are shared by every plan and every thread.
/// </summary>
internal abstract unsafe class Step : IDisposable
{
    /// <summary>Name of the graph node whose result this step makes.</summary>
    public required string Name { get; init; }

    /// <summary>Maps that are read.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>The map that is made.</summary>
    public required int Output { get; init; }

    /// <summary>Further maps that are made on the way. Whoever reads them needs them whole.</summary>
    public IReadOnlyList<int> Extras { get; init; } = [];

    /// <summary>The size of a further map.</summary>
    /// <param name="extra">Position in <see cref="Extras"/>.</param>
    public virtual MapShape ExtraShape(int extra, MapShape output) => throw new NotSupportedException($"{GetType().Name} makes one map.");

    /// <summary>The rows of a further map that are made with rows of the output.</summary>
    public virtual RowRange ExtraRows(int extra, RowRange output) => throw new NotSupportedException($"{GetType().Name} makes one map.");

    /// <summary>Whether the output is kept in memory.</summary>
    public virtual bool HasOutput => true;

    /// <summary>Whether the step is only there for the caller to see its input: it keeps up with what is made anyway.</summary>
    public virtual bool IsTap => false;

    /// <summary>Rows are made from a multiple of this plus <see cref="RowPhase"/> on, up to such a row or the map's end.</summary>
    public virtual int RowMultiple => 1;

    /// <summary>Where the first multiple begins: in the map's first row, or less than a multiple above it.</summary>
    public int RowPhase { get; protected set; }

    /// <summary>Lets the rows begin so that they end at <paramref name="front"/>, if the step can choose.</summary>
    /// <returns>The last row at or before the front at which they can end.</returns>
    public virtual int Align(int front) => RowRange.FloorDivide(front, RowMultiple) * RowMultiple;

    /// <summary>Rows of an input, not yet cut to its height, that the given rows of the output need.</summary>
    /// <param name="input">Position in <see cref="Inputs"/>.</param>
    public virtual RowRange InputRows(int input, RowRange output) => output;

    /// <summary>Floats of scratch memory that one worker needs.</summary>
    public virtual long ScratchLength(MapShape output) => 0;

    /// <summary>Multiply-adds per row of the output as the mathematics counts them; shares of progress.</summary>
    public virtual double CostPerRow(MapShape output) => (double)output.Width * output.Channels;

    /// <summary>Into how many independent blocks the work on the given rows is cut, in order from the top.</summary>
    public abstract int CountBlocks(Frame frame, RowRange rows);

    /// <summary>The rows of the output that a block makes, or of which it makes a part.</summary>
    public abstract RowRange BlockRows(Frame frame, RowRange rows, int block);

    /// <summary>Computes one block.</summary>
    /// <param name="scratch">This worker's scratch memory, aligned to a cache line, with any content.</param>
    public abstract void Compute(Frame frame, RowRange rows, int block, float* scratch);

    /// <summary>Frees packed weights.</summary>
    public virtual void Dispose()
    {
    }
}
