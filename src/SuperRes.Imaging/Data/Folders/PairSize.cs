namespace SuperRes.Imaging.Data.Folders;

/// <summary>The sizes of pairs.</summary>
internal static class PairSize
{
    public static PairFit Compare(int width, int height, int lowWidth, int lowHeight, int scale) =>
        (lowWidth, lowHeight) == (width / scale, height / scale) ? PairFit.Cropped
        : (lowWidth, lowHeight) == (RoundUp(width, scale), RoundUp(height, scale)) ? PairFit.RoundedUp
        : PairFit.None;

    private static int RoundUp(int side, int scale) => (side + scale - 1) / scale;
}
