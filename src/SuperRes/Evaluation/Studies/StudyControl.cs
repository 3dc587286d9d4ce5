namespace SuperRes.Evaluation.Studies;

/// <summary>A control of cost: of the fewest steps in width and the fewest in depth that take at least as long as the variant, the one that takes less.</summary>
/// <param name="Network">The network that both start from.</param>
/// <param name="Variant">The control's name.</param>
/// <param name="AsSlowAs">The variant whose time it reaches.</param>
/// <param name="Options">The control's options as one line of JSON.</param>
/// <param name="TimeRatio">Its engine time over that of the variant, measured in turn when the experiment was planned.</param>
public sealed record StudyControl(string Network, string Variant, string AsSlowAs, string Options, double TimeRatio);
