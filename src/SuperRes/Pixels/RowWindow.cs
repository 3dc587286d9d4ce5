namespace SuperRes.Pixels;

/// <summary>The rows of an image that are still needed, of those that have come so far.</summary>
internal sealed class RowWindow
{
    private ImageBuffer? _rows;

    /// <summary>Which row of the image the first of <see cref="Rows"/> is.</summary>
    public int Top { get; private set; }

    /// <summary>Rows that have come in all.</summary>
    public int Arrived { get; private set; }

    /// <summary>Rows <see cref="Top"/> to <see cref="Arrived"/>.</summary>
    /// <exception cref="InvalidOperationException">None has come.</exception>
    public ImageBuffer Rows => _rows ?? throw new InvalidOperationException("No row has come yet.");

    /// <summary>Lets go of the rows before one, and adds copies of the next.</summary>
    public void Add(ImageBuffer next, int firstNeeded)
    {
        var keptFrom = Math.Clamp(firstNeeded, Top, Arrived);
        var kept = Arrived - keptFrom;
        var rows = new ImageBuffer(next.Width, kept + next.Height, next.Color, next.SampleType);
        _rows?.CopyRowsTo(keptFrom - Top, kept, rows, 0);
        next.CopyRowsTo(0, next.Height, rows, kept);
        (_rows, Top) = (rows, keptFrom);
        Arrived += next.Height;
    }
}
