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
        : new RowRange((output.Start / _layout.Shuffle) - 1, ((output.End + _layout.Shuffle - 1) / _layout.Shuffle) + 1);

    public override long ScratchLength(MapShape output) =>
        (WinogradMath.Positions * (InputPositionStride + OutputPositionStride)) + PatchLength + (WinogradMath.Tile * WinogradMath.Tile * _weights.LargestGroup);

    public override double CostPerRow(MapShape output) => (double)output.Width * output.Channels * _weights.InputChannels * 9;

    public override int CountBlocks(Frame frame) => Tiles(frame).Count;

    public override void Compute(Frame frame, int block, float* scratch)
    {
        var input = frame.Maps[Inputs[0]];
        var (first, count) = Tiles(frame).Block(block);
        var tilesPerRow = TileBlocks.TilesAcross(input.Width);
        var firstRow = frame.Rows.Start / RowMultiple;
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

    private TileBlocks Tiles(Frame frame)
    {
        var input = frame.Maps[Inputs[0]];
        var rows = (frame.Rows.Count + RowMultiple - 1) / RowMultiple;
        return new TileBlocks(rows * TileBlocks.TilesAcross(input.Width), _maximalTiles, frame.Threads);
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
        if (_layout.IsPacked)
        {
            for (var i = 0; i < height; i++)
            {
                rows[i] = tile + (i * WinogradMath.Tile * group.Channels);
            }

            Transform(group, products, rows, null, group.Channels, height, width);
            PixelStore.Scatter(_layout, tile, WinogradMath.Tile, output, y, x, height, width);
            return;
        }

        var residuals = stackalloc float*[WinogradMath.Tile];
        var offset = ((nint)x * shuffle * output.PixelStride) + group.Offset;
        for (var i = 0; i < height; i++)
        {
            var row = ((y + i) * shuffle) + group.Row;
            rows[i] = output.Row(row) + offset;
            residuals[i] = HasResidual ? frame.Maps[Inputs[1]].Row(row) + offset : null;
        }

        Transform(group, products, rows, HasResidual ? residuals : null, shuffle * output.PixelStride, height, width);
    }

    private void Transform(WinogradWeights<TSimd>.Group group, float* products, float** rows, float** residuals, nint pixelStride, int height, int width)
    {
        var bias = _weights.Bias(group);
        var parameters = _weights.ActivationParameters(group);
        switch (_activation)
        {
            case ActivationKind.Identity:
                WinogradOutput<TSimd, Identity<TSimd>>.Transform(products, OutputPositionStride, group.Channels, bias, parameters, rows, residuals, pixelStride, height, width);
                break;
            case ActivationKind.Rectifier:
                WinogradOutput<TSimd, Rectifier<TSimd>>.Transform(products, OutputPositionStride, group.Channels, bias, parameters, rows, residuals, pixelStride, height, width);
                break;
            case ActivationKind.SlopedRectifier:
                WinogradOutput<TSimd, SlopedRectifier<TSimd>>.Transform(products, OutputPositionStride, group.Channels, bias, parameters, rows, residuals, pixelStride, height, width);
                break;
            default:
                throw new InvalidOperationException($"No kernel for {_activation}.");
        }
    }
}
