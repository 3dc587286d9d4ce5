namespace SuperRes.Engine.Gradients;

/// <summary>
/// A map as a convolution's window sees it, with zeros around it. Rows are copied with their zeros, so that a window's row
/// is one run of values in memory.
/// </summary>
/// <param name="map">The map.</param>
/// <param name="padding">Zeros above the first row and before the first pixel; where negative, so many are left out.</param>
/// <param name="length">Pixels of a copied row, zeros and all.</param>
internal readonly unsafe struct PaddedRows(BatchMap map, (int Top, int Left) padding, int length)
{
    /// <summary>Floats of a copied row, and some that a block of pixels may read beyond its end.</summary>
    public nint RowLength => (nint)(length + Slack) * map.Channels;

    /// <summary>Pixels beyond a row's end that blocks of six pixels may read: their results are not used.</summary>
    private const int Slack = 8 * 4;

    /// <summary>Copies row y, counted from the first row of zeros.</summary>
    public void Copy(int image, int y, float* target)
    {
        var channels = map.Channels;
        var row = y - padding.Top;
        var first = Math.Max(0, -padding.Left);
        var before = Math.Max(0, padding.Left);
        var count = (uint)row < (uint)map.Height ? Math.Max(0, Math.Min(map.Width - first, length - before)) : 0;
        new Span<float>(target, before * channels).Clear();
        if (count > 0)
        {
            var source = map.Image(image) + (row * map.RowLength) + ((nint)first * channels);
            new ReadOnlySpan<float>(source, count * channels).CopyTo(new Span<float>(target + ((nint)before * channels), count * channels));
        }

        var filled = (nint)(before + count) * channels;
        new Span<float>(target + filled, (int)(RowLength - filled)).Clear();
    }
}
