using SuperRes.Engine.Compilation;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Kernels;

/// <summary>
/// Scaled dot-product attention of one head as matrix products: the weights P = softmax(Q K^T / sqrt(d)) of a block of
/// queries, then O = P V. Keys and values are packed into panels once per head; a block's weights are so few that they
/// stay in the cache, and the weights of all pairs of positions are never in memory at once.
/// </summary>
/// <param name="positions">N: number of keys and values.</param>
/// <param name="depth">d: channels of the head.</param>
internal readonly unsafe struct AttentionHead<TSimd>(int positions, int depth)
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Queries of a block, a multiple of what <see cref="PanelGemm{TSimd}"/> computes at once.</summary>
    public const int Queries = 4 * PanelGemm<TSimd>.RowMultiple;

    /// <summary>1 / sqrt(d): what dot products are multiplied by.</summary>
    public float Scale { get; } = (float)(1 / Math.Sqrt(depth));

    /// <summary>Floats of a query, value or result: the depth, filled up to whole vectors.</summary>
    public int Columns { get; } = RoundUp(depth);

    /// <summary>Floats of a query's weights: one per position, filled up to whole vectors.</summary>
    public int Keys { get; } = RoundUp(positions);

    /// <summary>Floats of a block of queries, values' gradients or results.</summary>
    public long BlockLength => (long)Queries * Columns;

    /// <summary>Floats of a block's weights.</summary>
    public long WeightsLength => (long)Queries * Keys;

    /// <summary>Floats of positions packed as the columns of a matrix: (d, N).</summary>
    public long ColumnsLength => (long)depth * Keys;

    /// <summary>Floats of positions packed as the rows of a matrix: (N, d).</summary>
    public long RowsLength => (long)positions * Columns;

    /// <summary>Packs positions as columns, so that rows times them are dot products; what fills up is zero.</summary>
    /// <param name="source">The first of <paramref name="count"/> positions of d values.</param>
    /// <param name="stride">Floats from position to position.</param>
    /// <param name="first">Number of the first among all positions.</param>
    public void PackColumns(float* source, nint stride, int first, int count, float* packed)
    {
        for (var position = first; position < first + count; position++, source += stride)
        {
            PutColumn(source, position, packed);
        }

        for (var position = positions; first + count == positions && position < Keys; position++)
        {
            PutColumn(null, position, packed);
        }
    }

    /// <summary>Packs positions as rows, so that weights times them are sums of positions; what fills up is zero.</summary>
    /// <param name="source">The first of <paramref name="count"/> positions of d values.</param>
    /// <param name="stride">Floats from position to position.</param>
    /// <param name="first">Number of the first among all positions.</param>
    public void PackRows(float* source, nint stride, int first, int count, float* packed)
    {
        for (var position = first; position < first + count; position++, source += stride)
        {
            for (var column = 0; column < Columns; column += PanelGemm<TSimd>.MaximalColumns)
            {
                var width = Math.Min(PanelGemm<TSimd>.MaximalColumns, Columns - column);
                Fill(source + column, Math.Min(width, depth - column), packed + Packing.PanelOffset(position, column, positions, Columns, PanelGemm<TSimd>.MaximalColumns), width);
            }
        }
    }

    /// <summary>Copies one position into a row of a block; what fills up is zero. Rows left out may hold anything: each is computed for itself.</summary>
    public void PutRow(float* source, int row, float* block) => Fill(source, depth, block + (row * Columns), Columns);

    /// <summary>The weights of a block of queries: of each row, one per position with a sum of 1, then zeros.</summary>
    public void Weigh(float* queries, float* keyColumns, float* weights)
    {
        Dot(queries, keyColumns, weights);
        for (var query = 0; query < Queries; query++, weights += Keys)
        {
            Softmax(weights);
        }
    }

    /// <summary>The dot products of a block's rows with all positions: (block, N).</summary>
    public void Dot(float* block, float* columns, float* products) =>
        PanelGemm<TSimd>.Multiply(block, Columns, columns, depth, Keys, products, Keys, Queries);

    /// <summary>Per row of weights, the weighted sum of all positions: (block, d).</summary>
    public void Sum(float* weights, float* rows, float* block) =>
        PanelGemm<TSimd>.Multiply(weights, Keys, rows, positions, Columns, block, Columns, Queries);

    private static int RoundUp(int count) => (count + TSimd.Count - 1) / TSimd.Count * TSimd.Count;

    private static void Fill(float* source, int count, float* target, int length)
    {
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, length));
        new Span<float>(target + count, length - count).Clear();
    }

    private void PutColumn(float* source, int position, float* packed)
    {
        var target = packed + Packing.PanelOffset(0, position, depth, Keys, PanelGemm<TSimd>.MaximalColumns);
        var width = Math.Min(PanelGemm<TSimd>.MaximalColumns, Keys - (position / PanelGemm<TSimd>.MaximalColumns * PanelGemm<TSimd>.MaximalColumns));
        for (var c = 0; c < depth; c++, target += width)
        {
            *target = source is null ? 0 : source[c];
        }
    }

    /// <summary>Turns a row of dot products into weights.</summary>
    private void Softmax(float* row)
    {
        // exp gives 0 for what only fills up.
        new Span<float>(row + positions, Keys - positions).Fill(float.NegativeInfinity);
        var largest = TSimd.Load(row);
        for (var i = TSimd.Count; i < Keys; i += TSimd.Count)
        {
            largest = TSimd.Max(largest, TSimd.Load(row + i));
        }

        // Shifted by the largest, so that nothing overflows.
        var scale = TSimd.Broadcast(Scale);
        var shift = TSimd.Broadcast(-Scale * TSimd.Largest(largest));
        var sums = TSimd.Zero;
        for (var i = 0; i < Keys; i += TSimd.Count)
        {
            var power = TSimd.Exp(TSimd.MultiplyAdd(TSimd.Load(row + i), scale, shift));
            power.Store(row + i);
            sums += power;
        }

        var share = TSimd.Broadcast(1 / TSimd.Sum(sums));
        for (var i = 0; i < Keys; i += TSimd.Count)
        {
            (TSimd.Load(row + i) * share).Store(row + i);
        }
    }
}
