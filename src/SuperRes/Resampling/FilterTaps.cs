namespace SuperRes.Resampling;

/// <summary>
/// The weights that make each output sample of one axis from <see cref="Count"/> consecutive input samples
/// (MATLAB's <c>contributions</c>). Positions before the first sample and after the last mirror with the edge
/// sample doubled: … 1 0 | 0 1 2 … n-1 | n-1 n-2 ….
/// </summary>
internal sealed class FilterTaps
{
    private readonly int[] _first;
    private readonly double[] _weights;

    private FilterTaps(int inputLength, int count, int[] first, double[] weights)
    {
        InputLength = inputLength;
        Count = count;
        _first = first;
        _weights = weights;
        PadBefore = Math.Max(0, -first.Min());
        PadAfter = Math.Max(0, first.Max() + count - inputLength);
    }

    /// <summary>Samples along the axis before resizing.</summary>
    public int InputLength { get; }

    /// <summary>Samples along the axis after resizing.</summary>
    public int OutputLength => _first.Length;

    /// <summary>Input samples that one output sample is made of.</summary>
    public int Count { get; }

    /// <summary>How many samples before the first one some window reaches.</summary>
    public int PadBefore { get; }

    /// <summary>How many samples after the last one some window reaches.</summary>
    public int PadAfter { get; }

    /// <summary>Where each output sample's window begins; may be negative. See <see cref="Mirror"/>.</summary>
    public ReadOnlySpan<int> First => _first;

    /// <summary>The weights of all windows, <see cref="Count"/> per output sample.</summary>
    public ReadOnlySpan<double> AllWeights => _weights;

    /// <summary>The weights of one output sample's window; they add up to 1.</summary>
    public ReadOnlySpan<double> Weights(int output) => _weights.AsSpan(output * Count, Count);

    /// <summary>The input sample that stands at a position which may lie outside.</summary>
    public int Mirror(int position)
    {
        // 64 bits: twice the length of a very long row passes 2^31.
        var period = 2L * InputLength;
        var folded = ((position % period) + period) % period;
        return (int)(folded < InputLength ? folded : period - 1 - folded);
    }

    /// <summary>The lowest and the highest input sample that an output sample is made of.</summary>
    public (int First, int Last) Reach(int output)
    {
        var (lowest, highest) = (int.MaxValue, 0);
        for (var k = 0; k < Count; k++)
        {
            var sample = Mirror(_first[output] + k);
            lowest = Math.Min(lowest, sample);
            highest = Math.Max(highest, sample);
        }

        return (lowest, highest);
    }

    /// <summary>Computes the windows of one axis.</summary>
    /// <param name="inputLength">Samples before.</param>
    /// <param name="outputLength">Samples after.</param>
    /// <param name="scale">The factor that maps coordinates; outputLength / inputLength, or the factor the user gave.</param>
    /// <param name="kernel">The interpolation kernel.</param>
    /// <param name="antialias">Whether a scale below 1 widens the kernel.</param>
    /// <param name="cancellationToken">Looked at every few thousand windows.</param>
    public static FilterTaps Create(
        int inputLength, int outputLength, double scale, ResizeKernel kernel, bool antialias, CancellationToken cancellationToken = default)
    {
        var stretch = scale < 1 && antialias && kernel != ResizeKernel.Nearest ? scale : 1;
        var width = KernelFunction.Width(kernel) / stretch;
        var candidates = (int)Math.Ceiling(width) + 2;
        var first = new int[outputLength];
        var windows = new double[outputLength][];
        for (var i = 0; i < outputLength; i++)
        {
            if (i % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            // MATLAB counts from 1: u is where the centre of output sample i + 1 falls among the input samples.
            var u = ((i + 1) / scale) + (0.5 * (1 - (1 / scale)));
            var left = (int)Math.Floor(u - (width / 2));
            var window = new double[candidates];
            for (var k = 0; k < candidates; k++)
            {
                window[k] = stretch * KernelFunction.Evaluate(kernel, stretch * (u - (left + k)));
            }

            var leading = Array.FindIndex(window, weight => weight != 0);
            var trailing = Array.FindLastIndex(window, weight => weight != 0);
            var sum = window.Sum();
            windows[i] = Array.ConvertAll(window[leading..(trailing + 1)], weight => weight / sum);
            first[i] = left + leading - 1;
        }

        var count = windows.Max(window => window.Length);
        var weights = new double[(long)outputLength * count];
        for (var i = 0; i < outputLength; i++)
        {
            windows[i].CopyTo(weights, (long)i * count);
        }

        return new FilterTaps(inputLength, count, first, weights);
    }
}
