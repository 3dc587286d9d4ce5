using SuperRes.Engine.Compilation;
using SuperRes.Engine.Kernels;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Simd;
using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// The sum over pixels of a window's values times a pixel's values: the gradient of a convolution's weights. The batch is
/// cut into a fixed number of partial sums, whatever the threads, so that the sum's order never changes.
/// </summary>
internal sealed unsafe class WindowOuterProduct<TSimd> : IDisposable
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int MaximalPartials = 8;

    private readonly BatchMap _window;
    private readonly BatchMap _pixels;
    private readonly PaddedRows _rows;
    private readonly int _kernelHeight;
    private readonly int _runLength;
    private readonly int _stride;
    private readonly int _columns;
    private readonly int _partials;
    private readonly TrainingWorkers _workers;
    private readonly NativeBuffer _sums;
    private readonly ParallelLoop _loop;

    /// <param name="window">The map whose windows are taken.</param>
    /// <param name="pixels">The map whose pixels each window belongs to.</param>
    public WindowOuterProduct(BatchMap window, BatchMap pixels, int padding, (int Height, int Width) kernel, int stride, TrainingWorkers workers)
    {
        (_window, _pixels, _kernelHeight, _stride, _workers) = (window, pixels, kernel.Height, stride, workers);
        _runLength = kernel.Width * window.Channels;
        _columns = Packing.RoundUp(pixels.Channels);
        _rows = new PaddedRows(window, (padding, padding), ((pixels.Width - 1) * stride) + kernel.Width);
        _partials = Math.Min(MaximalPartials, pixels.Count);
        _sums = new NativeBuffer(_partials * SumLength);
        _loop = workers.Loop(Compute);
    }

    public long ScratchLength => (_kernelHeight * _rows.RowLength) + ((long)_pixels.Width * _columns);

    private nint SumLength => (nint)_kernelHeight * _runLength * _columns;

    /// <summary>Computes the sums; <see cref="this[int, int, int]"/> then holds them.</summary>
    public void Run()
    {
        new Span<float>(_sums.Pointer, checked((int)_sums.Length)).Clear();
        _loop.Run(_partials);
        for (var partial = 1; partial < _partials; partial++)
        {
            Elementwise.Add(_sums.Pointer, _sums.Pointer + (partial * SumLength), SumLength);
        }
    }

    /// <summary>The sum for a row of the window, a value of that row (column times channels plus channel) and a channel of the pixels.</summary>
    public float this[int row, int k, int channel] => _sums.Pointer[(((nint)row * _runLength) + k) * _columns + channel];

    public void Dispose() => _sums.Dispose();

    private void Compute(int partial, int worker)
    {
        var rows = _workers.Scratch(worker);
        var padded = rows + (_kernelHeight * _rows.RowLength);
        var sums = _sums.Pointer + (partial * SumLength);
        var (first, last) = (_pixels.Count * partial / _partials, _pixels.Count * (partial + 1) / _partials);
        for (var image = first; image < last; image++)
        {
            for (var y = 0; y < _pixels.Height; y++)
            {
                AddRow(image, y, rows, padded, sums);
            }
        }
    }

    private void AddRow(int image, int y, float* rows, float* padded, float* sums)
    {
        var pixels = PadChannels(_pixels.Image(image) + (y * _pixels.RowLength), padded);
        for (var run = 0; run < _kernelHeight; run++)
        {
            // Rows of the window are kept at their number modulo the kernel's height, so most are there already.
            var row = (y * _stride) + run;
            var target = rows + (row % _kernelHeight * _rows.RowLength);
            if (y == 0 || run >= _kernelHeight - _stride)
            {
                _rows.Copy(image, row, target);
            }
        }

        for (var run = 0; run < _kernelHeight; run++)
        {
            var row = rows + (((y * _stride) + run) % _kernelHeight * _rows.RowLength);
            OuterGemm<TSimd>.Accumulate(row, (nint)_stride * _window.Channels, pixels, _columns, _pixels.Width, sums + ((nint)run * _runLength * _columns), _columns, _runLength, _columns);
        }
    }

    private float* PadChannels(float* pixels, float* padded)
    {
        if (_columns == _pixels.Channels)
        {
            return pixels;
        }

        new Span<float>(padded, _pixels.Width * _columns).Clear();
        for (var x = 0; x < _pixels.Width; x++)
        {
            new ReadOnlySpan<float>(pixels + ((nint)x * _pixels.Channels), _pixels.Channels).CopyTo(new Span<float>(padded + ((nint)x * _columns), _columns));
        }

        return padded;
    }
}
