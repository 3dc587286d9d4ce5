using SuperRes.Engine.Compilation;
using SuperRes.Engine.Kernels;
using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>
/// A 3x3 convolution by Winograd's F(6x6, 3x3), from its input map to the place of its result: activation, residual and
/// pixel shuffle happen as the tiles are written.
/// </summary>
/// <remarks>
/// A block of tiles is transformed, multiplied and transformed back before the next, so that it stays in the second-level
/// cache: 12 tiles of 64 channels are 200 KB, beside 1 MB of weights that pass through. The tiles are those of ncnn and
/// NNPACK.
/// </remarks>
internal sealed unsafe class WinogradStep<TSimd> : Step
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly ChannelLayout _layout;
    private readonly WinogradWeights<TSimd> _weights;
    private readonly ActivationKind _activation;
    private readonly int _maximalTiles;

    public WinogradStep(FoldedConvolution convolution)
    {
        _layout = new ChannelLayout(convolution);
        _weights = new WinogradWeights<TSimd>(convolution, _layout);
        _activation = convolution.Activation;
        _maximalTiles = TileBlocks.MaximalTiles(WinogradMath.Positions, _weights.InputChannels, _weights.LargestGroup);
    }

    public override int RowMultiple => WinogradMath.Tile * _layout.Shuffle;

    /// <summary>Rows of the convolution that the first row of tiles lies above the image.</summary>
    private int RowsAbove => -RowPhase / _layout.Shuffle;

    public override int Align(int front)
    {
        var end = RowRange.FloorDivide(front, _layout.Shuffle) * _layout.Shuffle;
        RowPhase = end - (-RowRange.FloorDivide(-end, RowMultiple) * RowMultiple);
        return end;
    }

    public override void Dispose() => _weights.Dispose();

    /// <summary>Whether the last input is a residual to add.</summary>
    private bool HasResidual => Inputs.Count > 1;

    /// <summary>
    /// Whether the products of a position take the place of the transformed input of the position before, which nothing
    /// reads any more: then a block needs half the cache. Further groups of channels would still read it.
    /// </summary>
    private bool IsOverlaid => _weights.Groups.Length == 1;

    private nint InputPositionStride => PositionStride(_weights.InputChannels);

    private nint OutputPositionStride => PositionStride(_weights.LargestGroup);

    /// <summary>Floats from the first product to the transformed input.</summary>
    private nint ProductsLength => (IsOverlaid ? 1 : WinogradMath.Positions) * OutputPositionStride;

    public override RowRange InputRows(int input, RowRange output) => input > 0
        ? output
        : new RowRange(RowRange.FloorDivide(output.Start, _layout.Shuffle) - 1, RowRange.FloorDivide(output.End - 1, _layout.Shuffle) + 2);

    /// <summary>A row of tiles has a row of statistics, a tile a pixel of sums and maxima.</summary>
    public override MapShape ExtraShape(int extra, MapShape output) => new(
        2 * output.PixelStride, TilesAcross(output.Height - RowPhase), TilesAcross(output.Width), 2 * output.PixelStride);

    public override RowRange ExtraRows(int extra, RowRange output) =>
        new(TileRow(output.Start), TilesAcross(output.End - RowPhase));

    public override long ScratchLength(MapShape output) =>
        ProductsLength + (WinogradMath.Positions * InputPositionStride) + (2 * WinogradMath.Tile * WinogradMath.Tile * _weights.LargestGroup);

    public override double CostPerRow(MapShape output) => (double)output.Width * output.Channels * _weights.InputChannels * 9;

    public override int CountBlocks(Frame frame, RowRange rows) => Tiles(frame, rows).Count;

    public override RowRange BlockRows(Frame frame, RowRange rows, int block)
    {
        var (first, count) = Tiles(frame, rows).Block(block);
        var tilesPerRow = TilesAcross(frame.Maps[Inputs[0]].Width);
        var start = RowPhase + (TileRow(rows.Start) * RowMultiple);
        return new RowRange(
            Math.Max(rows.Start, start + (first / tilesPerRow * RowMultiple)),
            Math.Min(rows.End, start + ((((first + count - 1) / tilesPerRow) + 1) * RowMultiple)));
    }

    public override void Compute(Frame frame, RowRange rows, int block, float* scratch)
    {
        var input = frame.Maps[Inputs[0]];
        var (first, count) = Tiles(frame, rows).Block(block);
        var tilesPerRow = TilesAcross(input.Width);
        var firstRow = TileRow(rows.Start);
        var products = scratch;
        var transformed = products + ProductsLength;
        var spare = transformed + (WinogradMath.Positions * InputPositionStride);

        for (var tile = 0; tile < count; tile++)
        {
            var (row, column) = Math.DivRem(first + tile, tilesPerRow);
            TransformInput(input, firstRow + row, column, transformed + ((nint)tile * _weights.InputChannels));
        }

        foreach (var group in _weights.Groups)
        {
            Multiply(group, transformed, products, count);
            for (var tile = 0; tile < count; tile++)
            {
                var (row, column) = Math.DivRem(first + tile, tilesPerRow);
                TransformOutput(frame, group, products + ((nint)tile * group.Channels), firstRow + row, column, spare);
            }
        }
    }

    private static int TilesAcross(int width) => (width + WinogradMath.Tile - 1) / WinogradMath.Tile;

    private nint PositionStride(int channels) =>
        TileBlocks.PositionStride(_maximalTiles, IsOverlaid ? Math.Max(_weights.InputChannels, _weights.LargestGroup) : channels);

    private int TileRow(int y) => (y - RowPhase) / RowMultiple;

    private TileBlocks Tiles(Frame frame, RowRange rows)
    {
        var input = frame.Maps[Inputs[0]];
        var tileRows = TileRow(rows.End + RowMultiple - 1) - TileRow(rows.Start);
        return new TileBlocks(tileRows * TilesAcross(input.Width), _maximalTiles, frame.Threads);
    }

    private void TransformInput(in RowMap input, int tileRow, int tileColumn, float* target)
    {
        var (y, x) = ((tileRow * WinogradMath.Tile) - RowsAbove - 1, (tileColumn * WinogradMath.Tile) - 1);
        var rows = stackalloc float*[WinogradMath.Window];
        var next = stackalloc float*[WinogradMath.Window];
        for (var i = 0; i < WinogradMath.Window; i++)
        {
            rows[i] = input.PixelOrZeros(y + i, x);
            next[i] = rows[i] + (WinogradMath.Tile * input.PixelStride);
        }

        var (first, end) = (Math.Max(0, -x), Math.Min(WinogradMath.Window, input.Width - x));
        WinogradInput<TSimd>.Transform(rows, first, end, input.PixelStride, _weights.InputChannels, target, InputPositionStride, next);
    }

    private void Multiply(WinogradWeights<TSimd>.Group group, float* transformed, float* products, int tiles)
    {
        for (var position = 0; position < WinogradMath.Positions; position++)
        {
            var target = products + (position * OutputPositionStride);
            if (group.IsZero(position))
            {
                new Span<float>(target, tiles * group.Channels).Clear();
                continue;
            }

            PanelGemm<TSimd>.Multiply(
                transformed + (position * InputPositionStride),
                _weights.InputChannels,
                _weights.Matrix(group, position),
                _weights.InputChannels,
                group.Channels,
                target,
                group.Channels,
                tiles);
        }
    }

    private void TransformOutput(Frame frame, WinogradWeights<TSimd>.Group group, float* products, int tileRow, int tileColumn, float* tile)
    {
        var (y, x) = ((tileRow * WinogradMath.Tile) - RowsAbove, tileColumn * WinogradMath.Tile);
        var output = frame.Maps[Output];
        var shuffle = _layout.Shuffle;
        var height = Math.Min(WinogradMath.Tile, (output.Height / shuffle) - y);
        var width = Math.Min(WinogradMath.Tile, (output.Width / shuffle) - x);
        if (_layout.IsPacked || y < 0 || height < WinogradMath.Tile || width < WinogradMath.Tile)
        {
            TransformThroughTile(frame, group, products, y, x, height, width, tile);
            return;
        }

        var rows = stackalloc float*[WinogradMath.Tile];
        var residuals = stackalloc float*[WinogradMath.Tile];
        var offset = ((nint)x * shuffle * output.PixelStride) + group.Offset;
        for (var i = 0; i < WinogradMath.Tile; i++)
        {
            var row = ((y + i) * shuffle) + group.Row;
            rows[i] = output.Row(row) + offset;
            residuals[i] = HasResidual ? frame.Maps[Inputs[1]].Row(row) + offset : null;
            if (HasResidual && shuffle == 1)
            {
                // The next tile's. The result's memory is not worth it: the processor does not wait for what it writes.
                Prefetch.Run(residuals[i] + (WinogradMath.Tile * output.PixelStride), WinogradMath.Tile * output.PixelStride);
            }
        }

        Transform(group, products, rows, residuals, shuffle * output.PixelStride);
        NoteStatistics(frame, group, rows, tileRow, tileColumn, WinogradMath.Tile, WinogradMath.Tile, output.PixelStride);
    }

    /// <summary>A tile that leaves the image, or whose channels are no run of the result, is made in scratch memory and copied.</summary>
    private void TransformThroughTile(Frame frame, WinogradWeights<TSimd>.Group group, float* products, int y, int x, int height, int width, float* tile)
    {
        var residual = tile + (WinogradMath.Tile * WinogradMath.Tile * group.Channels);
        var rows = stackalloc float*[WinogradMath.Tile];
        var residuals = stackalloc float*[WinogradMath.Tile];
        for (var i = 0; i < WinogradMath.Tile; i++)
        {
            rows[i] = tile + (i * WinogradMath.Tile * group.Channels);
            residuals[i] = residual + (i * WinogradMath.Tile * group.Channels);
        }

        // Rows of the tile that lie above the image are made and left out.
        var above = Math.Max(0, -y);
        var pixels = (nint)above * WinogradMath.Tile;
        if (HasResidual)
        {
            CopyTile(frame.Maps[Inputs[1]], group, residual + (pixels * group.Channels), y + above, x, height - above, width, toMap: false);
        }

        Transform(group, products, rows, residuals, group.Channels);
        if (_layout.IsPacked)
        {
            PixelStore.Scatter(_layout, tile + (pixels * _layout.Columns), WinogradMath.Tile, frame.Maps[Output], y + above, x, height - above, width);
        }
        else
        {
            CopyTile(frame.Maps[Output], group, tile + (pixels * group.Channels), y + above, x, height - above, width, toMap: true);
            NoteStatistics(frame, group, rows + above, TileRow(y * _layout.Shuffle), x / WinogradMath.Tile, height - above, width, group.Channels);
        }
    }

    private void NoteStatistics(Frame frame, WinogradWeights<TSimd>.Group group, float** rows, int tileRow, int tileColumn, int height, int width, nint pixelStride)
    {
        if (Extras.Count > 0)
        {
            var statistics = frame.Maps[Extras[0]];
            var target = statistics.Row(tileRow) + ((nint)tileColumn * statistics.PixelStride) + group.Offset;
            TileStatistics<TSimd>.Compute(rows, height, width, pixelStride, group.Channels, target, statistics.PixelStride / 2);
        }
    }

    private void CopyTile(in RowMap map, WinogradWeights<TSimd>.Group group, float* tile, int y, int x, int height, int width, bool toMap)
    {
        for (var i = 0; i < height; i++)
        {
            var row = map.Row(((y + i) * _layout.Shuffle) + group.Row) + group.Offset;
            for (var j = 0; j < width; j++)
            {
                var inTile = new Span<float>(tile + (((i * WinogradMath.Tile) + j) * group.Channels), group.Channels);
                var inMap = new Span<float>(row + ((nint)(x + j) * _layout.Shuffle * map.PixelStride), group.Channels);
                (toMap ? inTile : inMap).CopyTo(toMap ? inMap : inTile);
            }
        }
    }

    private void Transform(WinogradWeights<TSimd>.Group group, float* products, float** rows, float** residuals, nint pixelStride) =>
        Activation<TSimd>.Select(_activation, new OutputKernel(
            products, OutputPositionStride, group.Channels, _weights.Bias(group), _weights.ActivationParameters(group), rows, HasResidual ? residuals : null, pixelStride));

    private readonly struct OutputKernel(
        float* products, nint positionStride, int channels, float* bias, float* parameters, float** rows, float** residuals, nint pixelStride)
        : IActivationKernel<TSimd>
    {
        public void Run<TActivation>()
            where TActivation : struct, IActivation<TSimd> =>
            WinogradOutput<TSimd, TActivation>.Transform(products, positionStride, channels, bias, parameters, rows, residuals, pixelStride);
    }
}
