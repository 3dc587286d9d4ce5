using SuperRes.Pixels;

namespace SuperRes.Resampling;

/// <summary>
/// <see cref="MatlabResize.ToSize"/> for rows that come in order: each row of the result is made as soon as the rows that
/// it needs are there, with the same bits. Holds a few rows.
/// </summary>
internal sealed class RowResize
{
    /// <summary>Rows made at once: enough to share among threads.</summary>
    private const int MostRows = 4 * ParallelRows.ChunkRows;

    /// <summary>Windows of input and strips of the result that are there at once, most of them no longer in use and not yet collected; measured on rows of 6,400 to 60,000 pixels.</summary>
    private const int StripsHeld = 8;

    /// <summary>Windows whose rows under the kernel are there at once: where those are many the windows are large, and collected sooner. Measured on 1,200 and 3,000 rows.</summary>
    private const int ReachesHeld = 5;

    /// <summary>How many times longer than asked for an array from the pool can be.</summary>
    private const long PoolRounding = 2;

    private readonly FilterTaps _horizontal;
    private readonly FilterTaps _vertical;
    private readonly bool _horizontalFirst;
    private readonly ResizeOptions _options;
    private readonly RowWindow _window = new();
    private readonly int[] _firstNeeded;
    private readonly int[] _lastNeeded;
    private int _made;

    /// <summary>Prepares for an image.</summary>
    /// <param name="fromWidth">Width of the rows that come, in pixels.</param>
    /// <param name="fromHeight">Number of rows that come.</param>
    /// <param name="width">Width of the result in pixels.</param>
    /// <param name="height">Height of the result in pixels.</param>
    /// <param name="options">As for <see cref="MatlabResize"/>; null for MATLAB's defaults.</param>
    /// <param name="cancellationToken">Ends the preparation early.</param>
    public RowResize(int fromWidth, int fromHeight, int width, int height, ResizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        _options = options ?? ResizeOptions.Default;
        var (horizontal, vertical) = ((double)width / fromWidth, (double)height / fromHeight);
        _horizontal = FilterTaps.Create(fromWidth, width, horizontal, _options.Kernel, _options.Antialias, cancellationToken);
        _vertical = FilterTaps.Create(fromHeight, height, vertical, _options.Kernel, _options.Antialias, cancellationToken);
        _horizontalFirst = IsHorizontalFirst(fromWidth, fromHeight, width, height);
        (_firstNeeded, _lastNeeded) = FindNeeds(_vertical);
    }

    /// <summary>Bytes held at most: windows of input rows and strips of the result, and the rows in double precision that each thread sums up.</summary>
    /// <param name="stripRows">Input rows that come at once.</param>
    /// <param name="fromWidth">Width of the rows that come, in pixels.</param>
    /// <param name="fromHeight">Number of rows that come.</param>
    /// <param name="width">Width of the result in pixels.</param>
    /// <param name="height">Height of the result in pixels.</param>
    /// <param name="pixelBytes">Bytes of a pixel.</param>
    /// <param name="kernel">The kernel, widened where the image is reduced.</param>
    public static long MemoryFor(int stripRows, int fromWidth, int fromHeight, int width, int height, int pixelBytes, ResizeKernel kernel)
    {
        var rowsPerRow = (double)fromHeight / height;
        var reach = (long)Math.Ceiling(KernelFunction.Width(kernel) * Math.Max(1, rowsPerRow));
        var madeRows = Math.Min(MostRows, (long)(stripRows / rowsPerRow) + 1);
        // Where the rows are filtered first, each thread keeps those that a row of the result needs, and some before them.
        var filteredRows = IsHorizontalFirst(fromWidth, fromHeight, width, height) ? 2 * reach : 0;
        var threads = Math.Min(Environment.ProcessorCount, MostRows / ParallelRows.ChunkRows);
        return (((((long)StripsHeld * stripRows) + (ReachesHeld * reach)) * fromWidth) + (StripsHeld * madeRows * width)) * pixelBytes
            + (Environment.ProcessorCount * 8L * sizeof(double) * 3 * ((long)fromWidth + width))
            + (threads * PoolRounding * filteredRows * sizeof(double) * 3 * width);
    }

    /// <summary>Takes the next rows.</summary>
    public void Add(ImageBuffer rows) => _window.Add(rows, _made < _firstNeeded.Length ? _firstNeeded[_made] : int.MaxValue);

    /// <summary>Makes the next rows of the result; null where more rows must come first, or none is left.</summary>
    public ImageBuffer? Make(CancellationToken cancellationToken)
    {
        var end = _made;
        while (end < _lastNeeded.Length && end - _made < MostRows && _lastNeeded[end] < _window.Arrived)
        {
            end++;
        }

        if (end == _made)
        {
            return null;
        }

        var rows = SeparableResize.RunRows(
            _window.Rows, _window.Top, _horizontal, _vertical, new RowSpan(_made, end - _made), _horizontalFirst, _options, cancellationToken);
        _made = end;
        return rows;
    }

    /// <summary>As MATLAB does it: the axis with the smaller factor first.</summary>
    private static bool IsHorizontalFirst(int fromWidth, int fromHeight, int width, int height) => (double)width / fromWidth < (double)height / fromHeight;

    /// <summary>For each row of the result, the first input row that it or a later one needs, and the last that it or an earlier one needs.</summary>
    private static (int[] First, int[] Last) FindNeeds(FilterTaps vertical)
    {
        var (first, last) = (new int[vertical.OutputLength], new int[vertical.OutputLength]);
        for (var y = 0; y < last.Length; y++)
        {
            (first[y], last[y]) = vertical.Reach(y);
            last[y] = y > 0 ? Math.Max(last[y], last[y - 1]) : last[y];
        }

        for (var y = first.Length - 2; y >= 0; y--)
        {
            first[y] = Math.Min(first[y], first[y + 1]);
        }

        return (first, last);
    }
}
