namespace SuperRes.Imaging;

/// <summary>How large an image may be, checked on the file's header before any pixel is decoded.</summary>
public sealed record ImageReadLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static ImageReadLimits Default { get; } = new();

    /// <summary>
    /// The most pixels (width x height) accepted. The default, 2^29 (as 23,170 x 23,170), is above any single
    /// photograph and lets RGB fit in one buffer.
    /// </summary>
    public long MaxPixels { get; init; } = 1L << 29;
}
