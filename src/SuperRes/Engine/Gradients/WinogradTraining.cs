using SuperRes.Engine.Kernels;
using SuperRes.Engine.Kernels.Activations;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Simd;
using SuperRes.Engine.Steps;
using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// A 3x3 convolution in training, by Winograd's F(6x6, 3x3) in all three passes, with the rectifier, the residual sum
/// and the pixel shuffle that follow it. Channels are multiples of 16. A 4x4 transposed convolution of stride 2 is one too:
/// its phases are shuffled.
/// </summary>
/// <remarks>
/// The weights change every step, so they are transformed anew in each pass; that costs about a hundredth of the products.
/// The gradient of the input is a convolution with the kernel turned and transposed. That of the weights is summed over
/// groups of tiles: first all tiles of a group are transformed, then each of the 64 positions is one sum of outer
/// products. So threads share positions, not partial sums, and the sum's order does not depend on their number.
/// </remarks>
internal sealed unsafe class WinogradTraining<TSimd> : TrainingStep, IDisposable
    where TSimd : unmanaged, ISimd<TSimd>
{
    /// <summary>Tiles of a group of the weights' gradient: 128 of 64 channels are 2.1 MB on each side, which the third-level cache holds.</summary>
    private const int GroupTiles = 128;

    private readonly BatchMap _input;
    private readonly BatchMap _output;
    private readonly BatchMap? _residual;
    private readonly ConvolutionWeights _weights;
    private readonly float? _slope;
    private readonly NativeBuffer _slopes;
    private readonly TrainingWorkers _workers;
    private readonly WinogradScratch _shared;
    private readonly SubMap _source;
    private readonly Chunk[] _chunks;
    private readonly Tiles _tiles;
    private readonly int _blockTiles;
    private readonly NativeBuffer _zeros;
    private readonly ParallelLoop _transformForward;
    private readonly ParallelLoop _forward;
    private readonly ParallelLoop _transformBackward;
    private readonly ParallelLoop _inputGradient;
    private readonly ParallelLoop _transformGroup;
    private readonly ParallelLoop _products;
    private readonly ParallelLoop _weightGradient;
    private int _groupStart;
    private int _groupCount;

    /// <param name="residual">A map of the output's shape that is added, or null; not together with <paramref name="slope"/>.</param>
    /// <param name="slope">Slope below zero of the rectifier that follows, 0 for a plain one; null for none.</param>
    /// <param name="shuffle">Factor of the pixel shuffle that follows, or 1.</param>
    public WinogradTraining(
        BatchMap input, BatchMap output, BatchMap? residual, ConvolutionWeights weights, float? slope, int shuffle, TrainingWorkers workers, WinogradScratch shared)
    {
        (_input, _output, _residual, _weights, _slope, _workers, _shared) = (input, output, residual, weights, slope, workers, shared);
        _slopes = new NativeBuffer(weights.Columns);
        new Span<float>(_slopes.Pointer, weights.Columns).Fill(slope ?? 0);
        _source = Whole(input);
        _tiles = new Tiles(input.Count, input.Height, input.Width);
        _chunks = Chunk.Split(weights.Columns, shuffle);
        _blockTiles = TileBlocks.MaximalTiles(WinogradMath.Positions, Math.Max(weights.Inputs, weights.Columns), 64);
        _zeros = new NativeBuffer((nint)WinogradMath.Window * Math.Max(input.Channels, shuffle * output.Channels));
        shared.Reserve(
            MatricesLength,
            WinogradMath.Positions * (long)GroupStride(weights.Inputs),
            WinogradMath.Positions * (long)GroupStride(weights.Columns),
            weights.Inputs);
        _transformForward = workers.Loop((k, _) => TransformWeights(k));
        _forward = workers.Loop(ComputeForward);
        _transformBackward = workers.Loop(TransformTransposedWeights);
        _inputGradient = workers.Loop(ComputeInputGradient);
        _transformGroup = workers.Loop(TransformGroup);
        _products = workers.Loop((position, _) => AccumulateProducts(position));
        _weightGradient = workers.Loop((k, _) => AddWeightGradient(k));
    }

    public override long ScratchLength =>
        (((2 * WinogradMath.Positions) + 1) * TileBlocks.PositionStride(_blockTiles, Math.Max(_weights.Inputs, _weights.Columns)))
        + (WinogradMath.Positions * Math.Max(_source.PixelStride, OutputPixelStride)) // A tile that reaches over the edge.
        + (9L * _weights.Columns);

    public override bool PassesGradient(int input) => input == 1;

    public override bool MasksGradient(int input) => input == 0;

    /// <summary>Floats from one of a chunk's transformed matrices to the next; the addition keeps a row's 64 places from falling into the same cache sets.</summary>
    private nint MatrixStride => ((nint)_weights.Inputs * _chunks[0].Columns) + 16;

    private long MatricesLength => (long)_chunks.Length * WinogradMath.Positions * MatrixStride;

    private static nint GroupStride(int channels) => TileBlocks.PositionStride(GroupTiles, channels);

    private int Blocks => (_tiles.Count + _blockTiles - 1) / _blockTiles;

    private nint OutputPixelStride => _chunks[0].Shuffle * _output.Channels;

    public override bool ReadsInput(int input) => input == 0;

    public override bool ReadsOutput => _slope is not null;

    public override void Forward()
    {
        _transformForward.Run(_weights.Inputs);
        _forward.Run(Blocks);
    }

    public override void Backward(bool parameters)
    {
        if (_slope is not null && !OutputGradientMasked)
        {
            throw new InvalidOperationException("A rectified convolution's gradient comes masked.");
        }

        if (parameters)
        {
            new Span<float>(_shared.Products.Pointer, (int)MatricesLength).Clear();
            for (_groupStart = 0; _groupStart < _tiles.Count; _groupStart += GroupTiles)
            {
                _groupCount = Math.Min(GroupTiles, _tiles.Count - _groupStart);
                _transformGroup.Run((_groupCount + _blockTiles - 1) / _blockTiles);
                _products.Run(WinogradMath.Positions * _chunks.Length);
            }

            _weightGradient.Run(_weights.Inputs);
        }

        if (InputGradients[0] is not null)
        {
            _transformBackward.Run(_weights.Columns);
            _inputGradient.Run(Blocks);
        }
    }

    public void Dispose()
    {
        _zeros.Dispose();
        _slopes.Dispose();
    }

    private static SubMap Whole(BatchMap map) => new(map.Pointer, map.Height, map.Width, map.Channels, map.Channels, map.RowLength, map.ImageLength);

    private SubMap View(BatchMap map, Chunk chunk) => new(
        map.Pointer + (chunk.Row * map.RowLength) + chunk.Offset(map.Channels),
        _input.Height,
        _input.Width,
        chunk.Columns,
        chunk.Shuffle * map.Channels,
        chunk.Shuffle * map.RowLength,
        map.ImageLength);

    private void TransformWeights(int k)
    {
        foreach (var chunk in _chunks)
        {
            var taps = Taps(_weights.Weight, chunk) + ((nint)k * chunk.Columns);
            WinogradFilter<TSimd>.Transform(taps, (nint)_weights.Inputs * chunk.Columns, k, _weights.Inputs, chunk.Columns, Matrices(_shared.Matrices, chunk), MatrixStride);
        }
    }

    /// <summary>A chunk's taps: 9 matrices [inputs, chunk's columns].</summary>
    private float* Taps(float* weights, Chunk chunk) => weights + ((nint)9 * _weights.Inputs * chunk.First);

    /// <summary>A chunk's 64 transformed matrices.</summary>
    private float* Matrices(NativeBuffer buffer, Chunk chunk) => buffer.Pointer + (chunk.First / chunk.Columns * WinogradMath.Positions * MatrixStride);

    private float* BiasOf(Chunk chunk, float* bias) => _weights.IsPhased ? bias : bias + chunk.First;

    /// <summary>
    /// Whether a position's matrix of transformed weights is zero. A kernel without its last tap has none of point infinity,
    /// one without its first tap none of point 0; in the turned kernel it is the other way round.
    /// </summary>
    private bool IsZero(Chunk chunk, int position, bool turned)
    {
        var (y, x) = Math.DivRem(position, WinogradMath.Window);
        return _weights.IsPhased && (y == Missing(chunk.Row) || x == Missing(chunk.Column));

        int Missing(int phase) => (phase == 0) == turned ? 0 : WinogradMath.Window - 1;
    }

    private void ComputeForward(int block, int worker)
    {
        var first = block * _blockTiles;
        var count = Math.Min(_blockTiles, _tiles.Count - first);
        var stride = TileBlocks.PositionStride(_blockTiles, Math.Max(_weights.Inputs, _chunks[0].Columns));
        var scratch = _workers.Scratch(worker);
        var transformed = scratch + stride;
        var patch = transformed + (2 * WinogradMath.Positions * stride);
        TransformInputs(_source, first, count, transformed, _weights.Inputs, stride);

        // With one chunk a position's products take the place of the position before, which has been read: more stays in the cache.
        var products = _chunks.Length == 1 ? scratch : transformed + (WinogradMath.Positions * stride);
        foreach (var chunk in _chunks)
        {
            var matrices = Matrices(_shared.Matrices, chunk);
            for (var position = 0; position < WinogradMath.Positions; position++)
            {
                var target = products + (position * stride);
                if (IsZero(chunk, position, turned: false))
                {
                    new Span<float>(target, count * chunk.Columns).Clear();
                    continue;
                }

                PanelGemm<TSimd>.Multiply(
                    transformed + (position * stride), _weights.Inputs, matrices + (position * MatrixStride), _weights.Inputs, chunk.Columns, target, chunk.Columns, count);
            }

            StoreOutputs(chunk, first, count, products, stride, patch);
        }
    }

    private void TransformInputs(in SubMap source, int first, int count, float* target, nint tileStride, nint positionStride)
    {
        // Two windows in turn: one is transformed while the next is fetched.
        var windows = stackalloc float*[2 * WinogradMath.Window];
        Window(source, first, windows);
        for (var i = 0; i < count; i++)
        {
            var rows = windows + (i % 2 * WinogradMath.Window);
            var next = windows + ((i + 1) % 2 * WinogradMath.Window);
            Window(source, first + Math.Min(i + 1, count - 1), next);
            var x = _tiles[first + i].X;
            var (left, right) = (Math.Max(0, 1 - x), Math.Min(WinogradMath.Window, source.Width + 1 - x));
            WinogradInput<TSimd>.Transform(rows, left, right, source.PixelStride, source.Channels, target + (i * tileStride), positionStride, next);
        }
    }

    private void Window(in SubMap source, int tile, float** rows)
    {
        var (image, y, x) = _tiles[tile];
        source.Window(image, y - 1, x - 1, rows, _zeros.Pointer);
    }

    private void StoreOutputs(Chunk chunk, int first, int count, float* products, nint positionStride, float* spare)
    {
        var output = View(_output, chunk);
        var residual = _residual is null ? default : View(_residual, chunk);
        var rows = stackalloc float*[WinogradMath.Tile];
        var residuals = stackalloc float*[WinogradMath.Tile];
        var bias = BiasOf(chunk, _weights.Bias);
        for (var i = 0; i < count; i++)
        {
            var (image, y, x) = _tiles[first + i];
            var (height, width) = (Math.Min(WinogradMath.Tile, output.Height - y), Math.Min(WinogradMath.Tile, output.Width - x));
            for (var row = 0; row < height; row++)
            {
                rows[row] = output.Pixel(image, y + row, x);
                residuals[row] = _residual is null ? null : residual.Pixel(image, y + row, x);
            }

            var tile = products + (i * (nint)chunk.Columns);
            var sum = _residual is null ? null : residuals;
            switch (_slope)
            {
                case null:
                    TileStore<TSimd, Identity<TSimd>>.Store(tile, positionStride, chunk.Columns, bias, bias, rows, sum, output.PixelStride, height, width, spare);
                    break;
                case 0:
                    TileStore<TSimd, Rectifier<TSimd>>.Store(tile, positionStride, chunk.Columns, bias, bias, rows, sum, output.PixelStride, height, width, spare);
                    break;
                default:
                    TileStore<TSimd, SlopedRectifier<TSimd>>.Store(tile, positionStride, chunk.Columns, bias, _slopes.Pointer, rows, sum, output.PixelStride, height, width, spare);
                    break;
            }
        }
    }

    /// <summary>Row <paramref name="column"/> of the transposed taps, turned and transformed.</summary>
    private void TransformTransposedWeights(int column, int worker)
    {
        var chunk = _chunks[column / _chunks[0].Columns];
        var local = column - chunk.First;
        var taps = _workers.Scratch(worker);
        var source = Taps(_weights.Weight, chunk) + local;
        for (var i = 0; i < 9 * _weights.Inputs; i++)
        {
            taps[i] = source[(nint)i * chunk.Columns];
        }

        WinogradFilter<TSimd>.Transform(taps + (8 * _weights.Inputs), -_weights.Inputs, local, chunk.Columns, _weights.Inputs, Matrices(_shared.Matrices, chunk), MatrixStride);
    }

    private void ComputeInputGradient(int block, int worker)
    {
        var first = block * _blockTiles;
        var count = Math.Min(_blockTiles, _tiles.Count - first);
        var columns = _weights.Columns;
        var stride = TileBlocks.PositionStride(_blockTiles, Math.Max(columns, _weights.Inputs));
        var products = _workers.Scratch(worker);
        var transformed = products + stride;
        var patch = transformed + (WinogradMath.Positions * stride);
        foreach (var chunk in _chunks)
        {
            TransformInputs(View(OutputGradient!, chunk), first, count, transformed + chunk.First, columns, stride);
        }

        var a = stackalloc float*[_chunks.Length];
        var b = stackalloc float*[_chunks.Length];
        for (var position = 0; position < WinogradMath.Positions; position++)
        {
            MultiplyTransposed(position, transformed + (position * stride), products + (position * stride), count, a, b);
        }

        StoreInputGradients(first, count, products, stride, patch);
    }

    /// <summary>Products over all chunks' channels: the sum over chunks is strung together in one pass over registers.</summary>
    private void MultiplyTransposed(int position, float* transformed, float* products, int count, float** a, float** b)
    {
        var panel = PanelGemm<TSimd>.MaximalColumns;
        for (var column = 0; column < _weights.Inputs; column += panel)
        {
            var width = Math.Min(panel, _weights.Inputs - column);
            for (var row = 0; row < count; row += PanelGemm<TSimd>.RowMultiple)
            {
                var terms = 0;
                foreach (var chunk in _chunks)
                {
                    if (!IsZero(chunk, position, turned: true))
                    {
                        a[terms] = transformed + ((nint)row * _weights.Columns) + chunk.First;
                        b[terms++] = Matrices(_shared.Matrices, chunk) + (position * MatrixStride) + ((nint)column * chunk.Columns);
                    }
                }

                PanelGemm<TSimd>.Panel(width, a, b, terms, _weights.Columns, _chunks[0].Columns, products + ((nint)row * _weights.Inputs) + column, _weights.Inputs);
            }
        }
    }

    private void StoreInputGradients(int first, int count, float* products, nint positionStride, float* spare)
    {
        var target = InputGradients[0]!;
        var gradient = Whole(target.Map);
        var mask = target.Mask is null ? default : Whole(target.Mask.Map);
        var rows = stackalloc float*[WinogradMath.Tile];
        for (var i = 0; i < count; i++)
        {
            var (image, y, x) = _tiles[first + i];
            var (height, width) = (Math.Min(WinogradMath.Tile, gradient.Height - y), Math.Min(WinogradMath.Tile, gradient.Width - x));
            for (var row = 0; row < height; row++)
            {
                rows[row] = gradient.Pixel(image, y + row, x);
            }

            TileStore<TSimd, Identity<TSimd>>.Store(
                products + (i * (nint)_weights.Inputs), positionStride, _weights.Inputs, _shared.Zeros, _shared.Zeros, rows, target.Accumulate ? rows : null, gradient.PixelStride, height, width, spare);
            for (var row = 0; target.Mask is not null && row < height; row++)
            {
                Elementwise.Apply(rows[row], mask.Pixel(image, y + row, x), target.Mask.Slope, width * _weights.Inputs);
            }
        }
    }

    /// <summary>Transforms a block of the group's tiles on both sides, and adds the gradient of the bias.</summary>
    private void TransformGroup(int block, int worker)
    {
        var first = block * _blockTiles;
        var count = Math.Min(_blockTiles, _groupCount - first);
        var patch = _workers.Scratch(worker);
        TransformInputs(_source, _groupStart + first, count, _shared.Inputs.Pointer + ((nint)first * _weights.Inputs), _weights.Inputs, GroupStride(_weights.Inputs));
        var rows = stackalloc float*[WinogradMath.Tile];
        var next = stackalloc float*[WinogradMath.Tile];
        foreach (var chunk in _chunks)
        {
            var gradient = View(OutputGradient!, chunk);
            for (var i = 0; i < count; i++)
            {
                var (image, y, x) = _tiles[_groupStart + first + i];
                gradient.Tile(image, y, x, rows, patch, _zeros.Pointer);
                var following = _tiles[_groupStart + first + Math.Min(i + 1, count - 1)];
                for (var row = 0; row < WinogradMath.Tile; row++)
                {
                    next[row] = gradient.Pixel(following.Image, following.Y + row, following.X);
                }

                WinogradOutputGradient<TSimd>.Transform(
                    rows, gradient.PixelStride, chunk.Columns, _shared.Outputs.Pointer + ((nint)(first + i) * _weights.Columns) + chunk.First, GroupStride(_weights.Columns), next);
            }
        }
    }

    /// <summary>One position of one chunk, over all tiles of the group; at the position that sums a tile's pixels, the bias too.</summary>
    private void AccumulateProducts(int item)
    {
        var (index, position) = Math.DivRem(item, WinogradMath.Positions);
        var chunk = _chunks[index];
        if (IsZero(chunk, position, turned: false))
        {
            return;
        }

        var inputs = _shared.Inputs.Pointer + (position * GroupStride(_weights.Inputs));
        var outputs = _shared.Outputs.Pointer + (position * GroupStride(_weights.Columns)) + chunk.First;
        var products = Matrices(_shared.Products, chunk) + (position * MatrixStride);
        OuterGemm<TSimd>.Accumulate(inputs, _weights.Inputs, outputs, _weights.Columns, _groupCount, products, chunk.Columns, _weights.Inputs, chunk.Columns);
        if (position == WinogradMath.BiasPosition && _weights.BiasGradient is not null)
        {
            AddBiasGradient(chunk, outputs);
        }
    }

    /// <summary>Phases have one bias: the first one's item adds for all.</summary>
    private void AddBiasGradient(Chunk chunk, float* outputs)
    {
        if (!_weights.IsPhased)
        {
            Elementwise.AddRows(outputs, _weights.Columns, _groupCount, BiasOf(chunk, _weights.BiasGradient), chunk.Columns);
        }
        else if (chunk == _chunks[0])
        {
            foreach (var phase in _chunks)
            {
                Elementwise.AddRows(outputs + phase.First, _weights.Columns, _groupCount, _weights.BiasGradient, phase.Columns);
            }
        }
    }

    private void AddWeightGradient(int k)
    {
        foreach (var chunk in _chunks)
        {
            var row = (nint)k * chunk.Columns;
            WinogradFilter<TSimd>.AddGradient(
                Matrices(_shared.Products, chunk) + row, MatrixStride, chunk.Columns, Taps(_weights.WeightGradient, chunk) + row, (nint)_weights.Inputs * chunk.Columns);
            for (var tap = 0; _weights.IsPhased && tap < _weights.Taps; tap++)
            {
                if (tap / 3 == Missing(chunk.Row) || tap % 3 == Missing(chunk.Column))
                {
                    new Span<float>(Taps(_weights.WeightGradient, chunk) + row + ((nint)tap * _weights.Inputs * chunk.Columns), chunk.Columns).Clear();
                }
            }
        }

        static int Missing(int phase) => phase == 0 ? 2 : 0;
    }
}
