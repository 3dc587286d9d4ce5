namespace SuperRes.Imaging.Data.Checking;

/// <summary>What a check says of a folder of low-resolution images.</summary>
/// <param name="Track">How they were made, as the folder's name tells.</param>
/// <param name="Scale">How many times smaller they are.</param>
/// <param name="Folder">Where they are.</param>
/// <param name="Summary">How they were made, as their samples tell, in one line for a person.</param>
/// <param name="Pairs">Each pair that could be judged; none for tracks other than bicubic, whose method is not published.</param>
public sealed record TrackReport(string Track, int Scale, string Folder, string Summary, IReadOnlyList<PairReport> Pairs);
