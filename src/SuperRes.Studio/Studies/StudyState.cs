namespace SuperRes.Studio.Studies;

/// <summary>Whether a study can be voted in.</summary>
internal enum StudyState
{
    /// <summary>Its pictures are being made.</summary>
    Preparing,
    Ready,

    /// <summary>Its pictures could not be made.</summary>
    Failed,
}
