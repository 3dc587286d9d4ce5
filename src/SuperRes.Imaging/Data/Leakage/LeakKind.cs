namespace SuperRes.Imaging.Data.Leakage;

/// <summary>How much of a test image a training image shows.</summary>
public enum LeakKind
{
    /// <summary>The same pixels, in the same colour model and depth, however the files are encoded.</summary>
    SamePixels,

    /// <summary>The same picture: in another size, compressed, a little brighter or softer, mirrored or turned by quarters.</summary>
    SamePicture,

    /// <summary>One shows a part of the other, in the same size, as sub-images and crops do.</summary>
    Part,
}
