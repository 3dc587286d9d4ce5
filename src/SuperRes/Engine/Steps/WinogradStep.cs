using SuperRes.Engine.Compilation;
using SuperRes.Engine.Kernels;
using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Planning;
using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Steps;

/// <summary>
/// A 3x3 convolution by Winograd's F(4x4, 3x3), from its input map to the place of its result: activation, residual and
/// pixel shuffle happen as the tiles are written.
/// </summary>
/// <remarks>
/// A block of tiles is transformed, multiplied and transformed back before the next, so that it stays in the second-level
/// cache: 24 tiles of 64 channels are 221 KB before and after the product, beside 590 KB of weights that pass through.
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
        _maximalTiles = TileBlocks.MaximalTiles(_weights.InputChannels, _weights.LargestGroup);
    }

    public override int RowMultiple => WinogradMath.Tile * _layout.Shuffle;

    public override void Dispose() => _weights.Dispose();

    /// <summary>Whether the last input is a residual to add.</summary>
    private bool HasResidual => Inputs.Count > 1;

    private nint InputPositionStride => TileBlocks.PositionStride(_maximalTiles, _weights.InputChannels);

    private nint OutputPositionStride => TileBlocks.PositionStride(_maximalTiles, _weights.LargestGroup);

    private long PatchLength => WinogradMath.Positions * (long)_weights.InputChannels;

    public override RowRange InputRows(int input, RowRange output) => input > 0
        ? output
        : new RowRange(RowRange.FloorDivide(output.Start, _layout.Shuffle) - 1, RowRange.FloorDivide(output.End - 1, _layout.Shuffle) + 2);

    public override long ScratchLength(MapShape output) =>
        (WinogradMath.Positions * (InputPositionStride + OutputPositionStride)) + PatchLength + (WinogradMath.Tile * WinogradMath.Tile * _weights.LargestGroup);

    public override double CostPerRow(MapShape output) => (double)output.Width * output.Channels * _weights.InputChannels * 9;

    public override int CountBlocks(Frame frame, RowRange rows) => Tiles(frame, rows).Count;

    public override RowRange BlockRows(Frame frame, RowRange rows, int block)
    {
        var (first, count) = Tiles(frame, rows).Block(block);
        var tilesPerRow = TileBlocks.TilesAcross(frame.Maps[Inputs[0]].Width);
        return new RowRange(
            rows.Start + (first / tilesPerRow * RowMultiple),
            Math.Min(rows.End, rows.Start + ((((first + count - 1) / tilesPerRow) + 1) * RowMultiple)));
    }

    public override void Compute(Frame frame, RowRange rows, int block, float* scratch)
    {
        var input = frame.Maps[Inputs[0]];
        var (first, count) = Tiles(frame, rows).Block(block);
        var tilesPerRow = TileBlocks.TilesAcross(input.Width);
        var firstRow = rows.Start / RowMultiple;
        var transformed = scratch;
        var products = transformed + (WinogradMath.Positions * InputPositionStride);
        var patch = products + (WinogradMath.Positions * OutputPositionStride);

        for (var tile = 0; tile < count; tile++)
        {
            var (row, column) = Math.DivRem(first + tile, tilesPerRow);
            TransformInput(input, firstRow + row, column, transformed + ((nint)tile * _weights.InputChannels), patch);
        }

        foreach (var group in _weights.Groups)
        {
            Multiply(group, transformed, products, count);
            for (var tile = 0; tile < count; tile++)
            {
                var (row, column) = Math.DivRem(first + tile, tilesPerRow);
                TransformOutput(frame, group, products + ((nint)tile * group.Channels), (firstRow + row) * WinogradMath.Tile, column * WinogradMath.Tile, patch + PatchLength);
            }
        }
    }

    private TileBlocks Tiles(Frame frame, RowRange rows)
    {
        var input = frame.Maps[Inputs[0]];
        var tileRows = (rows.Count + RowMultiple - 1) / RowMultiple;
        return new TileBlocks(tileRows * TileBlocks.TilesAcross(input.Width), _maximalTiles, frame.Threads);
    }

    private void TransformInput(in RowMap input, int tileRow, int tileColumn, float* target, float* patch)
    {
        var (y, x) = ((tileRow * WinogradMath.Tile) - 1, (tileColumn * WinogradMath.Tile) - 1);
        var inside = x >= 0 && x + WinogradMath.Window <= input.Width;
        var rows = stackalloc float*[WinogradMath.Window];
        for (var i = 0; i < WinogradMath.Window; i++)
        {
            rows[i] = inside || !input.HasRow(y + i)
                ? input.PixelOrZeros(y + i, x)
                : Window.CopyRow(input, y + i, x, WinogradMath.Window, patch + ((nint)i * WinogradMath.Window * input.PixelStride));
            if (input.HasRow(y + i))
            {
                Prefetch.Run(input.Row(y + i) + ((nint)(x + WinogradMath.Window) * input.PixelStride), WinogradMath.Tile * input.PixelStride);
            }
        }

        WinogradInput<TSimd>.Transform(rows, input.PixelStride, _weights.InputChannels, target, InputPositionStride);
    }

    private void Multiply(WinogradWeights<TSimd>.Group group, float* transformed, float* products, int tiles)
    {
        for (var position = 0; position < WinogradMath.Positions; position++)
        {
            PanelGemm<TSimd>.Multiply(
                transformed + (position * InputPositionStride),
                _weights.InputChannels,
                _weights.Matrix(group, position),
                _weights.InputChannels,
                group.Channels,
                products + (position * OutputPositionStride),
                group.Channels,
                tiles);
        }
    }

    private void TransformOutput(Frame frame, WinogradWeights<TSimd>.Group group, float* products, int y, int x, float* tile)
    {
        var output = frame.Maps[Output];
        var shuffle = _layout.Shuffle;
        var height = Math.Min(WinogradMath.Tile, (output.Height / shuffle) - y);
        var width = Math.Min(WinogradMath.Tile, (output.Width / shuffle) - x);
        var rows = stackalloc float*[WinogradMath.Tile];
        if (_layout.IsPacked || height < WinogradMath.Tile || width < WinogradMath.Tile)
        {
            for (var i = 0; i < WinogradMath.Tile; i++)
            {
                rows[i] = tile + (i * WinogradMath.Tile * group.Channels);
            }

            Transform(group, products, rows, null, group.Channels);
            StoreTile(frame, group, tile, y, x, height, width);
            return;
        }

        var residuals = stackalloc float*[WinogradMath.Tile];
        var offset = ((nint)x * shuffle * output.PixelStride) + group.Offset;
        for (var i = 0; i < WinogradMath.Tile; i++)
        {
            var row = ((y + i) * shuffle) + group.Row;
            rows[i] = output.Row(row) + offset;
            residuals[i] = HasResidual ? frame.Maps[Inputs[1]].Row(row) + offset : null;
            var run = WinogradMath.Tile * shuffle * output.PixelStride;
            if (shuffle == 1)
            {
                Prefetch.Run(rows[i] + run, run);
                if (HasResidual)
                {
                    Prefetch.Run(residuals[i] + run, run);
                }
            }
        }

        Transform(group, products, rows, HasResidual ? residuals : null, shuffle * output.PixelStride);
    }

    /// <summary>Copies the part of a tile that lies within the image.</summary>
    private void StoreTile(Frame frame, WinogradWeights<TSimd>.Group group, float* tile, int y, int x, int height, int width)
    {
        var output = frame.Maps[Output];
        if (_layout.IsPacked)
        {
            PixelStore.Scatter(_layout, tile, WinogradMath.Tile, output, y, x, height, width);
            return;
        }

        var pixelStride = (nint)_layout.Shuffle * output.PixelStride;
        for (var i = 0; i < height; i++)
        {
            var row = ((y + i) * _layout.Shuffle) + group.Row;
            for (var j = 0; j < width; j++)
            {
                var offset = ((x + j) * pixelStride) + group.Offset;
                var source = tile + (((i * WinogradMath.Tile) + j) * group.Channels);
                var target = output.Row(row) + offset;
                var residual = HasResidual ? frame.Maps[Inputs[1]].Row(row) + offset : null;
                for (var c = 0; c < group.Channels; c += TSimd.Count)
                {
                    var value = TSimd.Load(source + c);
                    (residual is null ? value : value + TSimd.Load(residual + c)).Store(target + c);
                }
            }
        }
    }

    private void Transform(WinogradWeights<TSimd>.Group group, float* products, float** rows, float** residuals, nint pixelStride)
    {
        switch (_activation)
        {
            case ActivationKind.Identity:
                Transform<Identity<TSimd>>(group, products, rows, residuals, pixelStride);
                break;
            case ActivationKind.Rectifier:
                Transform<Rectifier<TSimd>>(group, products, rows, residuals, pixelStride);
                break;
            case ActivationKind.SlopedRectifier:
                Transform<SlopedRectifier<TSimd>>(group, products, rows, residuals, pixelStride);
                break;
            default:
                throw new InvalidOperationException($"No kernel for {_activation}.");
        }
    }

    private void Transform<TActivation>(WinogradWeights<TSimd>.Group group, float* products, float** rows, float** residuals, nint pixelStride)
        where TActivation : struct, IActivation<TSimd>
    {
        var bias = _weights.Bias(group);
        var parameters = _weights.ActivationParameters(group);
        if (residuals is null)
        {
            WinogradOutput<TSimd, TActivation>.Transform(products, OutputPositionStride, group.Channels, bias, parameters, rows, pixelStride);
        }
        else
        {
            WinogradOutput<TSimd, TActivation>.TransformAndAdd(products, OutputPositionStride, group.Channels, bias, parameters, rows, residuals, pixelStride);
        }
    }
}
