namespace SuperRes.Imaging.Data.Checking;

/// <summary>What is wrong with a file of a data set.</summary>
public enum FindingKind
{
    /// <summary>It can't be read, or not be used in a data set.</summary>
    Unreadable,

    /// <summary>It should be there and is not.</summary>
    Missing,

    /// <summary>It has no original.</summary>
    WithoutOriginal,

    /// <summary>Its size does not fit its original's.</summary>
    WrongSize,

    /// <summary>It shows another picture than its original.</summary>
    Mispaired,

    /// <summary>Another file has the same pixels.</summary>
    Duplicate,

    /// <summary>It is not what the manifest says.</summary>
    ManifestMismatch,

    /// <summary>It lies among the bicubic images and is not made as MATLAB makes them.</summary>
    Degradation,
}
