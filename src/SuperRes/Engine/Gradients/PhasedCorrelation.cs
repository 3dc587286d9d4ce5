using SuperRes.Engine.Simd;

namespace SuperRes.Engine.Gradients;

/// <summary>
/// A transposed convolution: the forward pass of one, and the gradient of a strided convolution's input. Result pixels
/// whose places agree modulo the stride see the same taps of the kernel, so each of these phases is a plain correlation
/// with a part of the kernel, and nothing is multiplied by zeros between the source's pixels.
/// </summary>
/// <remarks>
/// Result row Y gets source row i times kernel row k where Y = i * stride - padding + k. With f = (Y + padding) mod stride
/// those are k = f, f + stride, …, and i = q, q - 1, … with q = (Y + padding - f) / stride.
/// </remarks>
internal sealed unsafe class PhasedCorrelation<TSimd> : IDisposable
    where TSimd : unmanaged, ISimd<TSimd>
{
    private readonly List<Phase> _phases = [];
    private readonly int _stride;
    private readonly int _channels;
    private Sink? _sink;

    public PhasedCorrelation(BatchMap source, int padding, (int Height, int Width) kernel, int stride, (int Height, int Width, int Columns) result, TrainingWorkers workers)
    {
        (_stride, _channels) = (stride, source.Channels);
        foreach (var row in Axis.Phases(kernel.Height, stride, padding, result.Height))
        {
            foreach (var column in Axis.Phases(kernel.Width, stride, padding, result.Width))
            {
                var correlation = new Correlation<TSimd>(
                    source, (row.Padding, column.Padding), (row.Taps, column.Taps), 1, (row.Count, column.Count, result.Columns), workers);
                _phases.Add(new Phase(correlation, row, column, (image, y, results) =>
                    _sink!(image, row.First + (y * stride), column.First, stride, column.Count, results, correlation.ResultStride)));
            }
        }
    }

    /// <summary>What becomes of some pixels of a row of results: <paramref name="count"/> from <paramref name="x"/> on, <paramref name="step"/> apart.</summary>
    /// <param name="results">The pixels' channels, <paramref name="resultStride"/> floats from one pixel to the next.</param>
    public delegate void Sink(int image, int y, int x, int step, int count, float* results, int resultStride);

    /// <summary>The weights of all results' channels for a tap of the kernel and a channel of the source.</summary>
    public delegate float* Tap(int row, int column, int channel);

    public long ScratchLength => _phases.Max(phase => phase.Correlation.ScratchLength);

    /// <summary>Packs the kernel.</summary>
    /// <param name="tap">Where weights lie.</param>
    /// <param name="stride">Floats from a result channel's weight to the next.</param>
    public void Pack(Tap tap, nint stride)
    {
        foreach (var (correlation, rows, columns, _) in _phases)
        {
            for (var row = 0; row < rows.Taps; row++)
            {
                for (var k = 0; k < columns.Taps * _channels; k++)
                {
                    var (column, channel) = Math.DivRem(k, _channels);
                    correlation.Pack(row, k, tap(rows.KernelOf(row, _stride), columns.KernelOf(column, _stride), channel), stride);
                }
            }
        }
    }

    /// <summary>Computes all results, phase by phase.</summary>
    public void Run(Sink sink)
    {
        _sink = sink;
        foreach (var phase in _phases)
        {
            phase.Correlation.Run(phase.Store);
        }
    }

    public void Dispose() => _phases.ForEach(phase => phase.Correlation.Dispose());

    private sealed record Phase(Correlation<TSimd> Correlation, Axis Rows, Axis Columns, Correlation<TSimd>.Sink Store);

    /// <summary>One phase along one axis.</summary>
    /// <param name="First">First result.</param>
    /// <param name="Count">Number of results.</param>
    /// <param name="Kernel">First tap of the kernel.</param>
    /// <param name="Taps">Number of taps.</param>
    /// <param name="Padding">Zeros before the source under the first window.</param>
    private readonly record struct Axis(int First, int Count, int Kernel, int Taps, int Padding)
    {
        /// <summary>The tap that a window's place meets: windows run forwards, taps backwards.</summary>
        public int KernelOf(int place, int stride) => Kernel + ((Taps - 1 - place) * stride);

        public static IEnumerable<Axis> Phases(int kernel, int stride, int padding, int results)
        {
            for (var first = 0; first < Math.Min(stride, results); first++)
            {
                var tap = (first + padding) % stride;
                var taps = Math.Max(1, (kernel - tap + stride - 1) / stride);
                if (tap >= kernel)
                {
                    throw new Networks.GraphException($"A kernel of {kernel} leaves gaps at stride {stride}: such a layer can't be trained here.");
                }

                yield return new Axis(first, (results - first + stride - 1) / stride, tap, taps, taps - 1 - ((first + padding - tap) / stride));
            }
        }
    }
}
