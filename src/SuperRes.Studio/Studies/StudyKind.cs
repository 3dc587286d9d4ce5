namespace SuperRes.Studio.Studies;

/// <summary>What voters may answer.</summary>
internal enum StudyKind
{
    /// <summary>Left or right.</summary>
    Pair,

    /// <summary>Left, right or the same.</summary>
    Triple,
}
