namespace SuperRes.Evaluation.Studies;

/// <summary>A picture file beside the report.</summary>
/// <param name="File">Its path, relative to the report.</param>
/// <param name="Network">The network that it shows.</param>
/// <param name="Caption">What is to be seen, also for those who don't see it.</param>
public sealed record StudyPicture(string File, string Network, string Caption);
