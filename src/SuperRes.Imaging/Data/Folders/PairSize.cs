namespace SuperRes.Imaging.Data.Folders;

/// <summary>The sizes of pairs.</summary>
internal static class PairSize
{
    /// <summary>How the sides fit; an original of less than the scale fits none, as nothing of it is whole in a low-resolution pixel.</summary>
    public static PairFit Compare(int width, int height, int lowWidth, int lowHeight, int scale) =>
        width < scale || height < scale ? PairFit.None
        : (lowWidth, lowHeight) == (width / scale, height / scale) ? PairFit.Cropped
        : (lowWidth, lowHeight) == (RoundUp(width, scale), RoundUp(height, scale)) ? PairFit.RoundedUp
        : PairFit.None;

    private static int RoundUp(int side, int scale) => (side + scale - 1) / scale;
}
