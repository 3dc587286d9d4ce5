namespace SuperRes.Engine.Gradients;

/// <summary>
/// A map as a convolution's window sees it: zeros around it and, for the gradient of a strided convolution, zeros between
/// its pixels. Rows are copied with their zeros, so that a window's row is one run of values in memory.
/// </summary>
/// <param name="map">The map.</param>
/// <param name="padding">Zeros before the first pixel, in both directions.</param>
/// <param name="spacing">Distance of two of the map's pixels: 1, or the stride.</param>
/// <param name="length">Pixels of a copied row, zeros and all.</param>
internal readonly unsafe struct PaddedRows(BatchMap map, int padding, int spacing, int length)
{
    /// <summary>Floats of a copied row, and some that a block of pixels may read beyond its end.</summary>
    public nint RowLength => (nint)(length + Slack) * map.Channels;

    /// <summary>Pixels beyond a row's end that blocks of six pixels may read: their results are not used.</summary>
    private const int Slack = 8 * 4;

    /// <summary>Copies row y, counted from the first row of zeros.</summary>
    public void Copy(int image, int y, float* target)
    {
        new Span<float>(target, (int)RowLength).Clear();
        var (row, between) = Math.DivRem(y - padding, spacing);
        if (between != 0 || (uint)row >= (uint)map.Height)
        {
            return;
        }

        var channels = map.Channels;
        var source = map.Image(image) + (row * map.RowLength);
        if (spacing == 1)
        {
            // A negative padding cuts pixels off: a transposed window may be smaller than the map.
            var count = Math.Min(map.Width, length - padding);
            new ReadOnlySpan<float>(source, count * channels).CopyTo(new Span<float>(target + ((nint)padding * channels), count * channels));
            return;
        }

        for (var x = 0; x < map.Width && padding + (x * spacing) < length; x++)
        {
            new ReadOnlySpan<float>(source + ((nint)x * channels), channels).CopyTo(new Span<float>(target + ((nint)(padding + (x * spacing)) * channels), channels));
        }
    }
}
