namespace SuperRes.Imaging.Data.Folders;

/// <summary>How a low-resolution image's size relates to its original's.</summary>
internal enum PairFit
{
    /// <summary>Made from the original cropped to a multiple of the scale: both sides are rounded down.</summary>
    Cropped,

    /// <summary>
    /// Made from the whole original: MATLAB's <c>imresize(HR, 1/scale)</c> rounds both sides up. Pixels lie where they lie in the
    /// cropped kind; the last row or column is surplus.
    /// </summary>
    RoundedUp,

    /// <summary>The two don't belong together.</summary>
    None,
}
