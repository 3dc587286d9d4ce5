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
internal sealed unsafe class Correlation<TSimd>
    where TSimd : unmanaged, ISimd<TSimd>
{
    private const int BandRows = 8;

    private readonly BatchMap _source;
    private readonly PaddedRows _rows;
    private readonly int _kernelHeight;
    private readonly int _runLength;
    private readonly int _stride;
    private readonly (int Height, int Width, int Columns) _result;
    private readonly TrainingWorkers _workers;
    private readonly NativeBuffer _panels;
    private readonly ParallelLoop _loop;
    private Sink? _sink;

    /// <param name="stride">Source pixels from a window to the next.</param>
    /// <param name="result">The result's height, width and channels.</param>
    public Correlation(BatchMap source, int padding, int spacing, (int Height, int Width) kernel, int stride, (int Height, int Width, int Columns) result, TrainingWorkers workers)
    {
        (_source, _kernelHeight, _stride, _result, _workers) = (source, kernel.Height, stride, result, workers);
        _runLength = kernel.Width * source.Channels;
        _rows = new PaddedRows(source, padding, spacing, ((result.Width - 1) * stride) + kernel.Width);
        PanelColumns = Packing.RoundUp(result.Columns);
        _panels = new NativeBuffer((long)kernel.Height * _runLength * PanelColumns);
        _loop = workers.Loop(Compute);
    }

    /// <summary>What becomes of a row of results: pixels x <see cref="PanelColumns"/>.</summary>
    public delegate void Sink(int image, int y, float* results);

    /// <summary>Columns of a row of results: the channels, rounded up.</summary>
    public int PanelColumns { get; }

    public long ScratchLength => (((BandRows - 1) * _stride) + _kernelHeight) * _rows.RowLength + ((_result.Width + 8L) * PanelColumns);

    private int Bands => (_result.Height + BandRows - 1) / BandRows;

    /// <summary>Packs one row of weights.</summary>
    /// <param name="tapRow">Row of the kernel.</param>
    /// <param name="k">Column of the kernel times the source's channels, plus the channel.</param>
    /// <param name="weights">The weight of a result's channel lies at this times <paramref name="stride"/>.</param>
    public void Pack(int tapRow, int k, float* weights, nint stride)
    {
        var matrix = _panels.Pointer + ((nint)tapRow * _runLength * PanelColumns);
        for (var first = 0; first < _result.Columns; first += PanelGemm<TSimd>.MaximalColumns)
        {
            var panel = matrix + Packing.PanelOffset(k, first, _runLength, PanelColumns, PanelGemm<TSimd>.MaximalColumns);
            var count = Math.Min(PanelGemm<TSimd>.MaximalColumns, _result.Columns - first);
            for (var column = 0; column < count; column++)
            {
                panel[column] = weights[(first + column) * stride];
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

    private void Compute(int block, int worker)
    {
        var (image, band) = Math.DivRem(block, Bands);
        var first = band * BandRows;
        var last = Math.Min(first + BandRows, _result.Height);
        var rows = _workers.Scratch(worker);
        var results = rows + ((((BandRows - 1) * _stride) + _kernelHeight) * _rows.RowLength);
        for (var i = 0; i < ((last - first - 1) * _stride) + _kernelHeight; i++)
        {
            _rows.Copy(image, (first * _stride) + i, rows + (i * _rows.RowLength));
        }

        for (var y = first; y < last; y++)
        {
            MultiplyRow(rows + ((y - first) * _stride * _rows.RowLength), results);
            _sink!(image, y, results);
        }
    }

    private void MultiplyRow(float* rows, float* results)
    {
        var pixelStride = (nint)_stride * _source.Channels;
        var a = stackalloc float*[_kernelHeight];
        var b = stackalloc float*[_kernelHeight];
        for (var column = 0; column < PanelColumns; column += PanelGemm<TSimd>.MaximalColumns)
        {
            var width = Math.Min(PanelGemm<TSimd>.MaximalColumns, PanelColumns - column);
            for (var run = 0; run < _kernelHeight; run++)
            {
                b[run] = _panels.Pointer + ((nint)run * _runLength * PanelColumns) + ((nint)column * _runLength);
            }

            for (var x = 0; x < _result.Width; x += PanelGemm<TSimd>.RowMultiple)
            {
                for (var run = 0; run < _kernelHeight; run++)
                {
                    a[run] = rows + (run * _rows.RowLength) + (x * pixelStride);
                }

                PanelGemm<TSimd>.Panel(width, a, b, _kernelHeight, pixelStride, _runLength, results + ((nint)x * PanelColumns) + column, PanelColumns);
            }
        }
    }
}
