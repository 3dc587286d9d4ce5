using SuperRes.Engine.Compilation;
using SuperRes.Engine.Kernels;
using SuperRes.Engine.Memory;
using SuperRes.Engine.Simd;
using SuperRes.Engine.Threading;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// Correlates a map with a kernel of any size: the forward pass of a convolution and, with the kernel turned and
/// transposed, the gradient of its input. A window's row is one run in memory, so each pixel is a row of a matrix product
/// and nothing is unfolded.
/// </summary>
/// <remarks>
/// Where the result has few channels, most of a vector would be spent on channels that don't exist. Then the columns of
/// the kernel take part as further channels: each source pixel gives its share for every column of the kernel, and
/// a result is the sum of its neighbours' shares. A 9x9 kernel to 3 channels fills 27 of 32 columns instead of 3 of 8.
/// </remarks>
internal sealed unsafe class Correlation<TSimd> : IDisposable
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int BandRows = 8;

    private readonly BatchMap _source;
    private readonly PaddedRows _rows;
    private readonly (int Height, int Width) _kernel;
    private readonly bool _spread;
    private readonly int _runLength;
    private readonly int _productColumns;
    private readonly int _stride;
    private readonly (int Height, int Width, int Columns) _result;
    private readonly TrainingWorkers _workers;
    private readonly NativeBuffer _panels;
    private readonly ParallelLoop _loop;
    private Sink? _sink;

    /// <param name="padding">Zeros above the first row and left of the first column; negative where windows start inside the map.</param>
    /// <param name="stride">Source pixels from a window to the next.</param>
    /// <param name="result">The result's height, width and channels.</param>
    public Correlation(BatchMap source, (int Top, int Left) padding, (int Height, int Width) kernel, int stride, (int Height, int Width, int Columns) result, TrainingWorkers workers)
    {
        (_source, _kernel, _stride, _result, _workers) = (source, kernel, stride, result, workers);
        var spreadColumns = RoundUp(kernel.Width * result.Columns);
        _spread = stride == 1 && kernel.Width > 1 && spreadColumns < kernel.Width * RoundUp(result.Columns);
        _runLength = (_spread ? 1 : kernel.Width) * source.Channels;
        _productColumns = _spread ? spreadColumns : RoundUp(result.Columns);
        ResultStride = _spread ? result.Columns : _productColumns;
        _rows = new PaddedRows(source, padding, ((result.Width - 1) * stride) + kernel.Width);
        _panels = new NativeBuffer((long)kernel.Height * _runLength * _productColumns);
        _loop = workers.Loop(Compute);
    }

    /// <summary>What becomes of a row of results: pixels, each of <see cref="ResultStride"/> floats.</summary>
    public delegate void Sink(int image, int y, float* results);

    /// <summary>Floats from a pixel of a row of results to the next: its channels, perhaps with some that mean nothing behind them.</summary>
    public int ResultStride { get; }

    public long ScratchLength => RowsLength + ProductLength + (_spread ? (long)_result.Width * ResultStride : 0);

    private int Bands => (_result.Height + BandRows - 1) / BandRows;

    private long RowsLength => (((BandRows - 1) * _stride) + _kernel.Height) * _rows.RowLength;

    /// <summary>Pixels of a row of products.</summary>
    private int ProductWidth => _spread ? _result.Width + _kernel.Width - 1 : _result.Width;

    private long ProductLength => (ProductWidth + (long)PanelGemm<TSimd>.RowMultiple) * _productColumns;

    /// <summary>Packs one row of weights.</summary>
    /// <param name="tapRow">Row of the kernel.</param>
    /// <param name="k">Column of the kernel times the source's channels, plus the channel.</param>
    /// <param name="weights">The weight of a result's channel lies at this times <paramref name="stride"/>.</param>
    public void Pack(int tapRow, int k, float* weights, nint stride)
    {
        var matrix = _panels.Pointer + ((nint)tapRow * _runLength * _productColumns);
        var (tapColumn, channel) = Math.DivRem(k, _source.Channels);
        var (row, first) = _spread ? (channel, tapColumn * _result.Columns) : (k, 0);
        for (var column = 0; column < _result.Columns;)
        {
            var place = matrix + Packing.PanelOffset(row, first + column, _runLength, _productColumns, PanelGemm<TSimd>.MaximalColumns);
            var end = Math.Min(_result.Columns, ((first + column) / PanelGemm<TSimd>.MaximalColumns * PanelGemm<TSimd>.MaximalColumns) + PanelGemm<TSimd>.MaximalColumns - first);
            for (; column < end; column++)
            {
                *place++ = weights[column * stride];
            }
        }
    }

    /// <summary>Computes all rows of results.</summary>
    public void Run(Sink sink)
    {
        _sink = sink;
        _loop.Run(_source.Count * Bands);
    }

    public void Dispose() => _panels.Dispose();

    private static int RoundUp(int columns) => (columns + TSimd.Count - 1) / TSimd.Count * TSimd.Count;

    private void Compute(int block, int worker)
    {
        var (image, band) = Math.DivRem(block, Bands);
        var first = band * BandRows;
        var last = Math.Min(first + BandRows, _result.Height);
        var rows = _workers.Scratch(worker);
        var products = rows + RowsLength;
        for (var i = 0; i < ((last - first - 1) * _stride) + _kernel.Height; i++)
        {
            _rows.Copy(image, (first * _stride) + i, rows + (i * _rows.RowLength));
        }

        for (var y = first; y < last; y++)
        {
            MultiplyRow(rows + ((y - first) * _stride * _rows.RowLength), products);
            _sink!(image, y, _spread ? Gather(products, products + ProductLength) : products);
        }
    }

    private void MultiplyRow(float* rows, float* products)
    {
        var pixelStride = (nint)_stride * _source.Channels;
        var a = stackalloc float*[_kernel.Height];
        var b = stackalloc float*[_kernel.Height];
        for (var column = 0; column < _productColumns; column += PanelGemm<TSimd>.MaximalColumns)
        {
            var width = Math.Min(PanelGemm<TSimd>.MaximalColumns, _productColumns - column);
            for (var run = 0; run < _kernel.Height; run++)
            {
                b[run] = _panels.Pointer + ((nint)run * _runLength * _productColumns) + ((nint)column * _runLength);
            }

            for (var x = 0; x < ProductWidth; x += PanelGemm<TSimd>.RowMultiple)
            {
                for (var run = 0; run < _kernel.Height; run++)
                {
                    a[run] = rows + (run * _rows.RowLength) + (x * pixelStride);
                }

                PanelGemm<TSimd>.Panel(width, a, b, _kernel.Height, pixelStride, _runLength, products + ((nint)x * _productColumns) + column, _productColumns);
            }
        }
    }

    /// <summary>Adds up each result's shares: column j of the kernel lies under pixel x + j.</summary>
    private float* Gather(float* products, float* results)
    {
        var columns = _result.Columns;
        for (var x = 0; x < _result.Width; x++)
        {
            var target = results + ((nint)x * columns);
            for (var c = 0; c < columns; c++)
            {
                var share = products + ((nint)x * _productColumns) + c;
                var sum = *share;
                for (var j = 1; j < _kernel.Width; j++)
                {
                    share += _productColumns + columns;
                    sum += *share;
                }

                target[c] = sum;
            }
        }

        return results;
    }
}
