namespace SuperRes.Studio.Studies;

/// <summary>A voter's answer.</summary>
internal enum Choice
{
    Left,
    Right,
    Same,
}
