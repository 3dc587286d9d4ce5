namespace SuperRes.Evaluation.Studies;

/// <summary>A control of cost: the smallest step in width or depth that takes at least as long as the variant.</summary>
/// <param name="Network">The network that both start from.</param>
/// <param name="Variant">The control's name.</param>
/// <param name="AsSlowAs">The variant whose time it reaches.</param>
/// <param name="Options">The control's options as one line of JSON.</param>
/// <param name="TimeRatio">Its engine time over that of the variant, measured in turn when the experiment was planned.</param>
public sealed record StudyControl(string Network, string Variant, string AsSlowAs, string Options, double TimeRatio);
